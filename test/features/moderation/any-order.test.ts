import assert from 'node:assert/strict'
import fc from 'fast-check'
import { undoActs } from '../../../src/features/moderation/performing/undo.ts'
import { registry } from '../../../src/features/moderation/registry.ts'
import type { Ref } from '../../../src/features/moderation/targets/target.ts'
import { recountAll, recountMembers } from '../../../src/features/posts/upkeep/recount.ts'
import { Refusal } from '../../../src/platform/errors.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { assertSound } from '../posts/soundness.ts'
import { makeReply, setVerb } from '../posts/world.ts'
import { makeCourt, makeEdit, makeTalk, post, press, topic } from './court.ts'

const steps = process.env.STOA_LONG === '1' ? 500 : 60
const onContent = registry.filter(act => act.targets.some(kind => ['topic', 'post', 'edit'].includes(kind)))

interface Step {
  /** Below 20: somebody replies; below 44: something is taken back; 44: others than before read a forum; else an act. */
  readonly what: number
  readonly act: number
  readonly at: readonly number[]
  readonly other: number
  readonly after: boolean
}

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.nat(99),
  act: fc.nat(onContent.length - 1),
  at: fc.array(fc.nat(999), { minLength: 1, maxLength: 4 }),
  other: fc.nat(999),
  after: fc.boolean(),
})

type Court = Awaited<ReturnType<typeof makeCourt>>

async function settledOrRefused(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

async function idsOf(db: Db, table: 'topics' | 'posts'): Promise<number[]> {
  return (await db.selectFrom(table).select('id').orderBy('id').execute()).map(({ id }) => id)
}

const pick = <T>(from: readonly T[], at: number): T => from[at % from.length] as T

async function take(db: Db, court: Court, batches: string[], { what, act: number, at, other, after }: Step) {
  const [topics, posts] = [await idsOf(db, 'topics'), await idsOf(db, 'posts')]
  const { ids, admin } = court
  const into = pick(topics, other)
  if (what === 44) {
    await setVerb(db, court.other, other % 2 ? 'Members' : 'Guests', 'read', after)
    await recountMembers(db)
    return
  }
  if (what < 20) {
    const row = await db.selectFrom('topics').selectAll().where('id', '=', into).executeTakeFirstOrThrow()
    if (row.merged_into_id !== null) return
    const pendingReason = what < 6 ? 'posts.waits_for_all' : null
    const reply = await makeReply(db, into, what % 2 ? ids.ann : ids.ben, { pendingReason })
    if (what < 10) await makeEdit(db, reply.id, ids.ann)
    return
  }
  if (what < 45) return settledOrRefused(undoActs(db, admin, { batch: pick(['none', ...batches.slice(-12)], other) }))
  const act = onContent[number]
  if (!act) return
  const kind = act.targets.includes('post') && (after || !act.targets.includes('topic')) ? post : topic
  const refs: Ref[] = at.map(n => kind(pick(kind === post ? posts : topics, n)))
  const input = {
    ...{ forum: after ? court.forum : court.other, note: null, title: `Title ${other}`, until: '2999-01-01' },
    ...{ into: after ? into : null, keep: into, scope: other % 2 ? 'after' : 'these', password: 'any' },
    ...{ author: other % 2 ? 'Ann' : 'Ben' },
    prefix: other % 3 ? court.prefix : null,
    ...{ link: after, link_until: null, ...(act.name === 'split' && !after ? { into: null } : {}) },
  }
  await settledOrRefused(press(db, admin, act.name, refs, input).then(({ batch }) => batches.push(batch)))
}

onBothDatabases('Whatever acts and undos come one after the other, everything is counted right', async ({ db }) => {
  const court = await makeCourt(db)
  const { ids, forum, other } = court
  for (const place of [forum, other, forum, other])
    await makeTalk(db, place, ids.ann, [ids.ben, ids.ann, null, ids.ben])
  await setVerb(db, other, 'Guests', 'read', false)
  await recountMembers(db)
  const batches: string[] = []
  const seed = Date.now()
  const [walk = []] = fc.sample(fc.array(step, { minLength: steps, maxLength: steps, size: 'max' }), {
    numRuns: 1,
    seed,
  })
  for (const [at, one] of walk.entries()) {
    await take(db, court, batches, one)
    if (at % 20 === 19) await assertSoundAfter(db, `${at + 1} steps of seed ${seed}`)
  }
  await assertSoundAfter(db, `seed ${seed}`)
})

async function assertSoundAfter(db: Db, label: string): Promise<void> {
  assert.deepEqual(await recountAll(db, { repair: false }), [], label)
  await assertSound(db)
}
