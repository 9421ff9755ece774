import type { Act } from '../../../src/features/moderation/act.ts'
import { findTarget } from '../../../src/features/moderation/targets/find-target.ts'
import type { Ref } from '../../../src/features/moderation/targets/target.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { makeMember, makeReply } from '../posts/world.ts'
import { edit, makeCourt, makeEdit, makeReport, makeTalk, post, press, topic } from './court.ts'

/** Topics and posts in every state that an act begins with. */
export async function makeEverything(db: Db) {
  const court = await makeCourt(db)
  const { ids, forum, admin } = court
  await makeMember(db, 'Dora')
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

export type World = Awaited<ReturnType<typeof makeEverything>>

/** The forms of an act, filled in: several where it does several things. */
export function inputsFor(act: Act, { other, into, prefix }: World): object[] {
  const common = {
    forum: other,
    note: 'So good',
    title: 'Another title',
    until: '2999-01-01',
    into,
    prefix,
    keep: null,
    outcome: 'acted',
    word: null,
    author: 'Dora',
  }
  if (act.name === 'move') return [common, { ...common, link: true, link_until: '2999-01-01' }]
  if (act.name !== 'split') return [common]
  const ways = ['these', 'after'].map(scope => ({ ...common, scope }))
  return ways.flatMap(way => [way, { ...way, into: null }])
}

/** What the act fits, as it is chosen: alone, or several of one author and topic. */
export async function fitting(db: Db, world: World, act: Act, input: object): Promise<Ref[][]> {
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
