import { createHash } from 'node:crypto'
import { loadViewer, type Viewer } from '../../../src/features/members/index.ts'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { bumpRevisions, type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { makeForums, makeReply, makeTopic } from '../../features/posts/world.ts'
import type { Person, TestForum, Visitor } from '../../support/index.ts'

/** Those who come: strangers, members, a moderator of another forum, two members who are held back. */
export const names = ['Bea', 'Carl', 'Mia', 'Emil', 'Fay'] as const
export type Name = (typeof names)[number]

/** A forum with something public in it, and everybody who will come. */
export type House = {
  readonly forum: TestForum
  readonly db: Db
  readonly people: Readonly<Record<Name | 'Ada', Person>>
  /** Where everybody reads and writes, and where Mia moderates. */
  readonly forumId: number
  readonly otherId: number
  /** By Carl, with replies by everybody. */
  readonly topicId: number
  /** By Bea in that topic, and public. */
  readonly postId: number
}

/** Nobody listens there: mail could be sent, and is not. */
const mailServer = 'smtp://127.0.0.1:9'

export async function publicHouse(forum: TestForum): Promise<House> {
  const { db } = forum
  const [forumId = 0, otherId = 0] = await makeForums(db, 2)
  const made: Partial<Record<Name, Person>> = {}
  for (const name of names) made[name] = await forum.member(name)
  const people = { ...made, Ada: forum.admin } as House['people']
  const [bea, carl] = [people.Bea.id, people.Carl.id]
  await inTransaction(db, async tx => {
    await writeSettings(tx, { smtp_url: mailServer, verify_email: 'posting', posts_per_page: 5, topics_per_page: 5 })
    await tx
      .insertInto('moderators')
      .values({ member_id: people.Mia.id, group_id: null, forum_id: otherId, acts: '["*"]' })
      .execute()
    await bumpRevisions(tx, 'shell', 'permissions')
  })
  const { topicId } = await makeTopic(db, forumId, carl, 'A topic for everybody')
  const posts: number[] = []
  for (let n = 0; n < 8; n++) posts.push((await makeReply(db, topicId, n % 2 === 0 ? bea : carl)).id)
  for (let n = 0; n < 7; n++) await makeTopic(db, forumId, n % 2 === 0 ? bea : null, `Of no account ${n}`)
  await makeTopic(db, otherId, carl, 'A topic elsewhere')
  await heldBack(db, people)
  return { forum, db, people, forumId, otherId, topicId, postId: posts[0] ?? 0 }
}

async function heldBack(db: Db, { Emil, Fay }: House['people']): Promise<void> {
  const since = Date.now()
  await db
    .updateTable('members')
    .set({ pending_at: since, pending_reason: 'spam.why_approval' })
    .where('id', '=', Emil.id)
    .execute()
  const unproven = { email_verified_at: null, email_demanded_at: since }
  await db.updateTable('members').set(unproven).where('id', '=', Fay.id).execute()
}

export function viewerOf({ db, people }: House, name: Name | 'Ada'): Promise<Viewer> {
  return loadViewer(db, people[name].id, '192.0.2.1')
}

/** Everybody in a browser of their own; the administrator is last. */
export async function everybody({ forum, people }: House): Promise<Map<string, Visitor>> {
  const visitors = new Map<string, Visitor>([['guest', forum.asGuest()]])
  for (const name of [...names, 'Ada'] as const) {
    const visitor = forum.asGuest()
    await forum.signIn(visitor, people[name])
    visitors.set(name, visitor)
  }
  return visitors
}

/** As secrets are stored. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
