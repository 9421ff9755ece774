import { z } from 'zod'
import { type Outcome, outcomes, reopenCase, settleCase } from '../../reports/index.ts'
import type { Act } from '../act.ts'
import { type ReportSettled, settleForm } from '../reports/forms.ts'
import { handledMeanwhile } from '../targets/find-target.ts'

const done = z.object({ case: z.number() })

/** Says what came of the reports about a post; whoever reported it hears that. Undo opens them again. */
export const settle: Act<ReportSettled> = {
  name: 'settle',
  right: 'settle',
  targets: ['post'],
  symbol: 'flag',
  fields: [
    { name: 'outcome', control: 'choice', options: outcomes, required: true },
    { name: 'word', control: 'textarea', extra: true, maxLength: 500 },
  ],
  schema: settleForm,
  sparesAuthor: true,
  keepsTexts: true,
  // Whether anything is reported its row does not tell: this stands beside the reports, and in no menu.
  fits: (target, input) => target.kind === 'post' && input !== undefined,
  async do(tx, target, { input, by, at }) {
    const { outcome, word } = input
    const id = await settleCase(tx, target.id, { outcome, word, by, at })
    if (id === null) throw handledMeanwhile()
    return { case: id, outcome }
  },
  undo: (tx, _target, entry) => reopenCase(tx, done.parse(entry.details).case),
  says: details => ({ outcome: outcomeIn(details) }),
}

function outcomeIn({ outcome }: Readonly<Record<string, unknown>>): Outcome {
  return outcomes.find(known => known === outcome) ?? 'acted'
}
