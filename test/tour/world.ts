import type { TestContext } from 'node:test'
import type { Viewer } from '../../src/features/members/index.ts'
import { writeSettings } from '../../src/features/settings/index.ts'
import { bumpRevisions, type Db, inTransaction } from '../../src/platform/store/index.ts'
import { makeEdit, makeReport, post, press, topic } from '../features/moderation/court.ts'
import { makeReply, makeTopic, viewerOf } from '../features/posts/world.ts'
import { type TestForum, testForum } from '../support/index.ts'

/** Whatever people wrote or named; no word of the forum's own. */
export const latin = {
  groups: ['Imperatores', 'Censores', 'Plebs', 'Peregrini', 'Novi'],
  title: 'Lorem ipsum dolor',
  text: 'Consectetur adipiscing elit, sed eiusmod tempor incididunt.',
  names: ['Ada', 'Livia', 'Nero', 'Marcus', 'Somebody', 'Curia'],
} as const

export type World = {
  forum: TestForum
  /** A topic with everything that can be in one. */
  topicId: number
  /** A forum with two pages of topics. */
  forumId: number
  /** A topic that was deleted where everybody may read. */
  deletedId: number
  lockedId: number
}

/** A forum in which there is something of everything, all of it in Latin. */
export async function latinForum(t: TestContext): Promise<World> {
  const forum = await testForum(t)
  const { db } = forum
  await forum.member('Nero')
  await forum.member('Marcus')
  await forum.member('Livia', { group: 'Moderators' })
  await translate(db)
  const [nero, livia, ada] = await Promise.all(['Nero', 'Livia', 'Ada'].map(name => viewerNamed(db, name)))
  if (!nero || !livia || !ada) throw new Error('Somebody is missing')
  const forumId = 3
  const { topicId } = await makeTopic(db, forumId, nero.member?.id ?? 0, latin.title)
  for (let n = 1; n <= 26; n++) await makeTopic(db, forumId, null, `${latin.title} ${n}`)
  await fillTopic(db, topicId, nero, livia)
  const lockedId = await moderated(db, forumId, livia)
  const { topicId: deletedId } = await makeTopic(db, forumId, nero.member?.id ?? 0, latin.title)
  await press(db, ada, 'delete', [topic(deletedId)], { reason: latin.title })
  return { forum, topicId, forumId, deletedId, lockedId }
}

export async function viewerNamed(db: Db, name: string): Promise<Viewer> {
  const { id } = await db.selectFrom('members').select('id').where('name', '=', name).executeTakeFirstOrThrow()
  return viewerOf(db, id)
}

/** What a forum comes with is content too. */
async function translate(db: Db): Promise<void> {
  const groups = await db.selectFrom('groups').select('id').orderBy('id').execute()
  const forums = await db.selectFrom('forums').select('id').execute()
  await inTransaction(db, async tx => {
    for (const [n, { id }] of groups.entries()) {
      await tx
        .updateTable('groups')
        .set({ name: latin.groups[n] ?? 'Alii' })
        .where('id', '=', id)
        .execute()
    }
    for (const { id } of forums) {
      const words = { name: `Vestibulum ${id}`, slug: `vestibulum-${id}`, description: latin.text }
      await tx.updateTable('forums').set(words).where('id', '=', id).execute()
    }
    await tx.updateTable('topics').set({ title: latin.title, slug: 'lorem-ipsum-dolor' }).execute()
    await tx
      .updateTable('posts')
      .set({ html: `<p>${latin.text}</p>`, text: latin.text })
      .execute()
    const page = `## ${latin.title}\n\n${latin.text}`
    await tx
      .updateTable('page_versions')
      .set({ body: page, html: `<h3>${latin.title}</h3><p>${latin.text}</p>` })
      .execute()
    await writeSettings(tx, { forum_name: 'Curia', forum_description: latin.text })
    await bumpRevisions(tx, 'shell', 'permissions')
  })
}

/** Two pages of replies: recommended, edited, quoting, by a guest, waiting, hidden, deleted, with a waiting edit. */
async function fillTopic(db: Db, topicId: number, author: Viewer, moderator: Viewer): Promise<void> {
  const memberId = author.member?.id ?? 0
  const ids: number[] = []
  for (let n = 0; n < 24; n++) ids.push((await makeReply(db, topicId, n % 3 === 0 ? null : memberId)).id)
  await makeReply(db, topicId, memberId, { pendingReason: 'posts.waits_first_link' })
  const [, one = 0, two = 0, , three = 0, four = 0] = ids
  await press(db, moderator, 'recommend', [post(one)], { note: latin.title })
  await press(db, moderator, 'hide', [post(two)], { reason: latin.title })
  await press(db, moderator, 'delete', [post(three)])
  await makeEdit(db, four, memberId, latin.text)
  for (const id of [one, four]) await makeReport(db, id, memberId, latin.text)
  await press(db, moderator, 'settle', [post(one)], { outcome: 'acted', word: latin.text })
}

/** Topics in every state; gives the locked one. */
async function moderated(db: Db, forumId: number, moderator: Viewer): Promise<number> {
  const made = async () => (await makeTopic(db, forumId, moderator.member?.id ?? 0, latin.title)).topicId
  const [lockedId, pinned, hidden, moved] = [await made(), await made(), await made(), await made()]
  await press(db, moderator, 'lock', [topic(lockedId)], { reason: latin.title })
  await press(db, moderator, 'pin', [topic(pinned)])
  await press(db, moderator, 'hide', [topic(hidden)])
  await press(db, moderator, 'move', [topic(moved)], { forum: 2 })
  return lockedId
}
