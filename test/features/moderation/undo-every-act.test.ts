import assert from 'node:assert/strict'
import type { Act } from '../../../src/features/moderation/act.ts'
import { registry } from '../../../src/features/moderation/registry.ts'
import type { Ref } from '../../../src/features/moderation/target.ts'
import { findTarget } from '../../../src/features/moderation/targets.ts'
import { undoActs } from '../../../src/features/moderation/undo.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { assertSound } from '../posts/soundness.ts'
import { makeReply } from '../posts/world.ts'
import { edit, everyRow, makeCourt, makeEdit, makeReport, makeTalk, post, press, topic } from './court.ts'

/** Topics and posts in every state that an act begins with. */
async function makeEverything(db: Db) {
  const court = await makeCourt(db)
  const { ids, forum, admin } = court
  const talk = async () => makeTalk(db, forum, ids.ann, [ids.ben, null, ids.ann, ids.ben])
  const [plain, marked, hidden, deleted, waiting] = [
    await talk(),
    await talk(),
    await talk(),
    await talk(),
    await talk(),
  ]
  const [one = 0, two = 0, three = 0, four = 0] = plain.replies
  const pending = await makeReply(db, plain.topicId, ids.ben, { pendingReason: 'posts.waits_for_all' })
  const rejected = await makeReply(db, plain.topicId, ids.ann, { pendingReason: 'posts.waits_for_all' })
  await makeReply(db, plain.topicId, ids.ann)
  await db
    .updateTable('topics')
    .set({ pending_at: 5, pending_reason: 'posts.waits_for_all' })
    .where('id', '=', waiting.topicId)
    .execute()
  await press(db, admin, 'reject', [post(rejected.id)])
  await press(db, admin, 'hide', [post(one), topic(hidden.topicId)])
  await press(db, admin, 'delete', [post(two), topic(deleted.topicId)])
  await press(db, admin, 'recommend', [post(three)], { note: 'Well said' })
  await press(db, admin, 'lock', [topic(marked.topicId)])
  await press(db, admin, 'pin', [topic(marked.topicId)])
  await press(db, admin, 'feature', [topic(marked.topicId)])
  await makeEdit(db, four, ids.ben)
  await makeEdit(db, plain.postId, ids.ann)
  const posts = [one, two, three, four, plain.postId, pending.id, rejected.id]
  for (const id of posts) await makeReport(db, id, ids.admin)
  const topics = [plain, marked, hidden, deleted, waiting].map(({ topicId }) => topicId)
  const into = (await talk()).topicId
  const mine = await talk()
  const pair = [mine.postId, mine.replies[2] ?? 0].map(post)
  return { ...court, into, pair, refs: [...topics.map(topic), ...posts.map(post), edit(four), edit(plain.postId)] }
}

type World = Awaited<ReturnType<typeof makeEverything>>

/** The forms of an act, filled in: several where it does several things. */
function inputsFor(act: Act, { other, into }: World): object[] {
  const common = {
    forum: other,
    note: 'So good',
    title: 'Another title',
    until: '2999-01-01',
    into,
    keep: null,
    outcome: 'acted',
    word: null,
  }
  if (act.name === 'move') return [common, { ...common, link: true, link_until: '2999-01-01' }]
  if (act.name !== 'split') return [common]
  const ways = ['these', 'after'].map(scope => ({ ...common, scope }))
  return ways.flatMap(way => [way, { ...way, into: null }])
}

/** What the act fits, as it is chosen: alone, or several of one author and topic. */
async function fitting(db: Db, world: World, act: Act, input: object): Promise<Ref[][]> {
  const fits: Ref[] = []
  for (const ref of world.refs) {
    const target = await findTarget(db, world.moderator, ref)
    const isSeen = target.kind !== 'post' || target.item.position !== null
    // What nobody sees makes no topic.
    if (act.name === 'split' && 'into' in input && input.into === null && !isSeen) continue
    if (act.targets.includes(ref.kind) && act.fits(target, input)) fits.push(ref)
  }
  return act.fewest === undefined ? fits.map(ref => [ref]) : [world.pair]
}

onBothDatabases('Whatever a moderator does to anything, undoing it brings back what was before', async ({ db }) => {
  const world = await makeEverything(db)
  // What made this world was not counted: its states were written by hand.
  const before = await everyRow(db)
  for (const act of registry.filter(one => one.undo !== null && one.targets.some(kind => kind !== 'member'))) {
    for (const input of inputsFor(act, world)) {
      const choices = await fitting(db, world, act, input)
      assert.ok(choices.length > 0, `something fits ${act.name}`)
      for (const refs of choices) {
        const label = `${act.name} ${JSON.stringify(refs)} ${JSON.stringify(input)}`
        const { batch, done, missed } = await press(db, world.moderator, act.name, refs, input)
        assert.deepEqual([done.length, missed], [refs.length, []], label)
        assert.notDeepEqual(await everyRow(db), before, label)
        assert.deepEqual(await undoActs(db, world.moderator, { batch }), { undone: 1, missed: [] }, label)
        assert.deepEqual(await everyRow(db), before, label)
      }
    }
  }
})

onBothDatabases('Acts and their undoing leave every counter right, in whatever order they come', async ({ db }) => {
  const { forum, other, ids, moderator } = await makeCourt(db)
  const { topicId, replies } = await makeTalk(db, forum, ids.ann, [ids.ben, ids.ann, ids.ben, null])
  const [one = 0, two = 0, three = 0] = replies
  const hide = await press(db, moderator, 'hide', [post(one), post(two)])
  const move = await press(db, moderator, 'move', [topic(topicId)], { forum: other })
  const remove = await press(db, moderator, 'delete', [post(three), post(two)])
  const gone = await press(db, moderator, 'delete', [topic(topicId)])
  await assertSound(db)
  for (const { batch } of [hide, gone, move, remove]) {
    assert.deepEqual((await undoActs(db, moderator, { batch })).missed, [])
    await assertSound(db)
  }
  const shown = await db
    .selectFrom('posts')
    .select('id')
    .where('position', 'is not', null)
    .orderBy('position')
    .execute()
  assert.deepEqual(shown.map(({ id }) => id).slice(1), replies)
})
