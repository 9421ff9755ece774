import { addPrefix, forumTree } from '../../../src/features/forums/index.ts'
import { reservedActs } from '../../../src/features/groups/index.ts'
import type { Viewer } from '../../../src/features/members/index.ts'
import type { Act } from '../../../src/features/moderation/act.ts'
import { type Outcome, performAct } from '../../../src/features/moderation/performing/perform.ts'
import { actNamed } from '../../../src/features/moderation/registry.ts'
import type { Ref } from '../../../src/features/moderation/targets/target.ts'
import { putProposedEdit } from '../../../src/features/posts/queries/edits.ts'
import { insertCase, insertReport } from '../../../src/features/reports/queries/reports.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { makeForums, makeMember, makeReply, makeTopic, viewerOf } from '../posts/world.ts'

/** Whoever asks for it has the right password. */
export const anyPassword = async () => true

export function actOf(name: string): Act {
  const act = actNamed(name)
  if (!act) throw new Error(`There is no act called ${name}`)
  return act
}

/** Is it the administrators' unless an appointment names it? */
export function isReserved({ right }: Act): boolean {
  return right === null || reservedActs.includes(right)
}

/** Somebody presses the button of an act. */
export function press(db: Db, viewer: Viewer, name: string, refs: Ref[], input: object = {}): Promise<Outcome> {
  const order = { act: actOf(name), refs, input: { reason: null, ...input }, confirmPassword: anyPassword }
  return performAct(db, viewer, order)
}

export const topic = (id: number): Ref => ({ kind: 'topic', id })
export const post = (id: number): Ref => ({ kind: 'post', id })
export const member = (id: number): Ref => ({ kind: 'member', id })
export const edit = (id: number): Ref => ({ kind: 'edit', id })

/** Two forums, an administrator, a moderator of everything, and two members. */
export async function makeCourt(db: Db) {
  const [forum = 0, other = 0] = await makeForums(db, 2)
  const prefix = await makePrefix(db, forum)
  const ids = {
    admin: await makeMember(db, 'Agatha', 'Administrators'),
    moderator: await makeMember(db, 'Minos', 'Moderators'),
    ann: await makeMember(db, 'Ann'),
    ben: await makeMember(db, 'Ben'),
  }
  return {
    forum,
    other,
    prefix,
    ids,
    admin: await viewerOf(db, ids.admin),
    moderator: await viewerOf(db, ids.moderator),
    ann: await viewerOf(db, ids.ann),
  }
}

/** One that topics of this forum can have; its number. */
async function makePrefix(db: Db, forumId: number): Promise<number> {
  await addPrefix(db, forumId, { name: 'Notice', colour: 'accent' })
  return (await forumTree(db)).byId.get(forumId)?.prefixes.at(-1)?.id ?? 0
}

/** A topic by one member with replies by another; their ids. */
export async function makeTalk(db: Db, forumId: number, starter: number | null, others: (number | null)[]) {
  const { topicId, postId } = await makeTopic(db, forumId, starter)
  const replies: number[] = []
  for (const memberId of others) replies.push((await makeReply(db, topicId, memberId)).id)
  return { topicId, postId, replies }
}

/** An edit by the author that waits. */
export async function makeEdit(db: Db, postId: number, memberId: number, words = 'Other words'): Promise<void> {
  const opened = await db.selectFrom('topics').select('title').where('first_post_id', '=', postId).executeTakeFirst()
  await inTransaction(db, tx =>
    putProposedEdit(tx, {
      post_id: postId,
      member_id: memberId,
      title: opened?.title ?? null,
      html: `<p>${words}</p>`,
      text: words,
      content_version: 1,
      reason: null,
      proposed_at: Date.now(),
      pending_reason: 'posts.waits_first_link',
    }),
  )
}

/** Somebody has reported this post. */
export async function makeReport(db: Db, postId: number, memberId: number, text = ''): Promise<number> {
  return inTransaction(db, async tx => {
    const id = await insertCase(tx, postId, Date.now())
    const words = { reason: 'reports.reason_spam', text, created_at: Date.now() }
    await insertReport(tx, { case_id: id, member_id: memberId, address: null, ...words, suspect_at: null })
    return id
  })
}

/**
 * Every row that people see something of, without the revisions, which only ever count up, and without the addresses that
 * topics leave behind.
 */
export async function everyRow(db: Db) {
  const [forums, topics, posts, members] = await Promise.all([
    db.selectFrom('forums').selectAll().orderBy('id').execute(),
    db.selectFrom('topics').selectAll().where('merged_into_id', 'is', null).orderBy('id').execute(),
    db.selectFrom('posts').selectAll().orderBy('id').execute(),
    db.selectFrom('members').selectAll().orderBy('id').execute(),
  ])
  const edits = await db.selectFrom('proposed_edits').selectAll().orderBy('post_id').execute()
  const versions = await db.selectFrom('post_versions').selectAll().orderBy('id').execute()
  const quotes = await db.selectFrom('post_quotes').selectAll().orderBy('post_id').orderBy('quoted_post_id').execute()
  const links = await db.selectFrom('topic_links').selectAll().orderBy('id').execute()
  const cases = await db.selectFrom('report_cases').selectAll().orderBy('id').execute()
  const signatures = await db.selectFrom('signatures').selectAll().orderBy('member_id').execute()
  const sanctions = await db
    .selectFrom('sanctions')
    .select(['member_id', 'kind', 'ended_at', 'points', 'acknowledged_at'])
    .orderBy('id')
    .execute()
  const still = <Row extends { revision: number }>({ revision: _, ...row }: Row) => row
  return {
    forums: forums.map(still),
    topics: topics.map(still),
    posts,
    members,
    edits,
    versions,
    quotes,
    links,
    sanctions,
    signatures,
    cases,
  }
}
