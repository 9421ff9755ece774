import type { Settings } from '../settings/index.ts'
import type { Check, FormKind } from './check.ts'
import { blocks } from './checks/blocks.ts'
import { honeypot } from './checks/honeypot.ts'
import { minimumTime } from './checks/minimum-time.ts'
import { proofOfWork } from './checks/proof-of-work.ts'
import { questions } from './checks/questions.ts'

/** Every check: adding one is adding a file, an entry here, its settings and its phrases. The first reason is told. */
export const checks: readonly Check[] = [honeypot, minimumTime, proofOfWork, questions, blocks]

/** Those that look at forms of this kind now. */
export function checksOn(rules: Settings, kind: FormKind): Check[] {
  return checks.filter(check => check.on(rules) && check.forms.includes(kind))
}
