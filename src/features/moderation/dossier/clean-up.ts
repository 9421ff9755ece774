import { randomUUID } from 'node:crypto'
import { excerpt } from '../../../content/index.ts'
import { Conflict } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import type { ConfirmPassword } from '../act.ts'
import { settle } from '../acts/settle.ts'
import { type Missed, type Outcome, performAct, refusalOf } from '../performing/perform.ts'
import { countClaimsOf, publicWritings, reportedWritings, waitingWritings } from '../queries/writings.ts'
import { actNamed } from '../registry.ts'
import type { ReportSettled } from '../reports/forms.ts'
import { type Item, loadItems } from '../targets/items.ts'
import type { Ref } from '../targets/target.ts'

const shown = 100
const excerptLength = 200
const portion = 100

/** Everything that a member did, as far as this moderator may look into its forums. */
export interface Doings {
  readonly topics: number
  readonly posts: number
  readonly waiting: number
  readonly claims: number
  /** The latest of it, as it stands there. */
  readonly items: readonly (Item & { readonly excerpt: string })[]
}

export async function doingsOf(db: Db, viewer: Viewer, memberId: number): Promise<Doings> {
  const [open, waiting] = [await publicWritings(db, memberId), await waitingWritings(db, memberId)]
  const items = await loadItems(db, viewer, [...open, ...waiting].slice(0, shown))
  return {
    topics: open.filter(ref => ref.kind === 'topic').length,
    posts: open.filter(ref => ref.kind === 'post').length,
    waiting: waiting.length,
    claims: await countClaimsOf(db, memberId),
    items: items.map(item => ({ ...item, excerpt: excerpt(item.post?.text ?? '', excerptLength) })),
  }
}

export interface Cleaning {
  readonly memberId: number
  readonly days: number | null
  readonly reason: string | null
  readonly confirmPassword: ConfirmPassword
}

/**
 * Bans a member, hides everything they wrote that others see, rejects what waits and settles what was reported of it: one
 * batch, which one Undo takes back. First the ban, so that nothing is added meanwhile. Throws Forbidden when this viewer may not ban them.
 */
export async function cleanUp(db: Db, viewer: Viewer, cleaning: Cleaning): Promise<Outcome> {
  const { memberId, days, reason, confirmPassword } = cleaning
  const batch = randomUUID()
  const done: Ref[] = []
  const missed: Missed[] = []
  const press = async (name: string, refs: readonly Ref[], input: object) => {
    const act = actNamed(name)
    if (!act || refs.length === 0) return
    const outcome = await performAct(db, viewer, { act, refs, input: { reason, ...input }, confirmPassword, batch })
    done.push(...outcome.done)
    missed.push(...outcome.missed)
  }
  await press('ban', [{ kind: 'member', id: memberId }], { days })
  if (missed.some(({ why }) => !(why instanceof Conflict))) throw missed[0]?.why
  missed.length = 0
  const offences = [
    ...portionsOf(await publicWritings(db, memberId), 'hide'),
    ...portionsOf(await waitingWritings(db, memberId), 'reject'),
  ]
  for (const { name, refs } of offences) {
    const why = await refusalOf(() => press(name, refs, {}))
    if (why) missed.push(...refs.map(ref => ({ ref, why })))
  }
  await settleReports(db, viewer, cleaning, batch)
  return { batch, done, missed }
}

/** An act reads all that it is done to before it begins: of somebody who wrote thousands, not everything at once. */
function portionsOf(refs: readonly Ref[], name: string): { name: string; refs: readonly Ref[] }[] {
  const count = Math.ceil(refs.length / portion)
  return Array.from({ length: count }, (_, n) => ({ name, refs: refs.slice(n * portion, (n + 1) * portion) }))
}

/** Whoever reported what is out of sight now hears that something was done. Reports that are somebody else's stay open. */
async function settleReports(db: Db, viewer: Viewer, { memberId, confirmPassword }: Cleaning, batch: string) {
  const refs = await reportedWritings(db, memberId)
  if (refs.length === 0) return
  const input: ReportSettled = { outcome: 'acted', word: null, reason: null }
  await refusalOf(async () => void (await performAct(db, viewer, { act: settle, refs, input, confirmPassword, batch })))
}
