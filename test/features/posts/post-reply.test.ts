import assert from 'node:assert/strict'
import { changePostState, changeTopicForum, changeTopicState } from '../../../src/features/posts/change-state.ts'
import { postReply } from '../../../src/features/posts/post-reply.ts'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { Conflict, Forbidden, Gone, Invalid, NotFound, SignInNeeded, TooMany } from '../../../src/platform/errors.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/stores.ts'
import { assertSound } from './soundness.ts'
import {
  countPosts,
  makeForums,
  makeMember,
  makeReply,
  makeTopic,
  makeViewer,
  postRow,
  setVerb,
  topicRow,
  typed,
  viewerOf,
} from './world.ts'

async function scene(db: Db) {
  const [forum = 0, other = 0] = await makeForums(db, 2)
  const ann = await makeMember(db, 'Ann')
  const { topicId, postId } = await makeTopic(db, forum, ann)
  return { forum, other, ann, topicId, postId, topic: await topicRow(db, topicId), ben: await makeViewer(db, 'Ben') }
}

onBothDatabases('A guest cannot post a reply: what guests write is a claim', async ({ db }) => {
  const { topic } = await scene(db)
  const guest = await viewerOf(db, null)
  await assert.rejects(postReply(db, guest, topic, typed('Hello')), SignInNeeded)
  assert.equal(await countPosts(db), 1)
})

onBothDatabases('A reply of a member appears at once, behind the others, with all counts right', async ({ db }) => {
  const { topic, ben, forum } = await scene(db)
  const reply = await postReply(db, ben, topic, typed('Hello **there**'))
  assert.deepEqual([reply.position, reply.pending_at, reply.member_id], [2, null, ben.member?.id])
  assert.match(reply.html, /<strong>there<\/strong>/)
  assert.equal(reply.address, '192.0.2.1')
  const counted = await db.selectFrom('forums').selectAll().where('id', '=', forum).executeTakeFirstOrThrow()
  assert.deepEqual([counted.topic_count, counted.post_count, counted.last_post_id], [1, 2, reply.id])
  await assertSound(db)
})

onBothDatabases('An empty reply is refused at its field', async ({ db }) => {
  const { topic, ben } = await scene(db)
  const isAtBody = (error: unknown) => error instanceof Invalid && 'body' in error.errors
  for (const body of ['', ' \n\t ', '\u200b', '<!-- -->']) {
    if (body !== '<!-- -->') await assert.rejects(postReply(db, ben, topic, typed(body)), isAtBody)
  }
  assert.equal(await countPosts(db), 1)
})

onBothDatabases('The same form sent five times at once makes one post, and everybody is led to it', async ({ db }) => {
  const { topic, ben } = await scene(db)
  const draft = { ...typed('Only once'), submission: 'form-number-1' }
  const posts = await Promise.all(Array.from({ length: 5 }, () => postReply(db, ben, topic, draft)))
  const again = await postReply(db, ben, topic, draft)
  assert.equal(new Set([...posts, again].map(post => post.id)).size, 1)
  assert.equal(await countPosts(db), 2)
  await assertSound(db)
})

onBothDatabases('Whoever goes back and writes something else in the same form gets a second post', async ({ db }) => {
  const { topic, ben } = await scene(db)
  const first = await postReply(db, ben, topic, { ...typed('First'), submission: 'form-number-1' })
  const second = await postReply(db, ben, topic, { ...typed('Second'), submission: 'form-number-1' })
  assert.notEqual(first.id, second.id)
})

onBothDatabases("The number of one member's form says nothing of another member", async ({ db }) => {
  const { topic, ben, ann } = await scene(db)
  const draft = { ...typed('The same'), submission: 'form-number-1' }
  const first = await postReply(db, ben, topic, draft)
  const second = await postReply(db, await viewerOf(db, ann), topic, draft)
  assert.notEqual(first.id, second.id)
})

onBothDatabases('A form sent again after the topic was locked still leads to the post it made', async ({ db }) => {
  const { topic, ben } = await scene(db)
  const draft = { ...typed('Made it'), submission: 'form-number-1' }
  const post = await postReply(db, ben, topic, draft)
  await db.updateTable('topics').set({ locked_at: 1 }).where('id', '=', topic.id).execute()
  assert.equal((await postReply(db, ben, await topicRow(db, topic.id), draft)).id, post.id)
})

const meanwhile = {
  'was locked': {
    refusal: Conflict,
    key: 'posts.lost_locked',
    happen: (db: Db, id: number) => db.updateTable('topics').set({ locked_at: 1 }).where('id', '=', id).execute(),
  },
  'was deleted': {
    refusal: Gone,
    key: 'posts.lost_deleted',
    happen: (db: Db, id: number) => inTransaction(db, tx => changeTopicState(tx, id, { deleted_at: 1 })),
  },
  'was hidden': {
    refusal: NotFound,
    key: 'posts.lost_out_of_reach',
    happen: (db: Db, id: number) => inTransaction(db, tx => changeTopicState(tx, id, { hidden_at: 1 })),
  },
} as const

for (const [what, { refusal, key, happen }] of Object.entries(meanwhile)) {
  onBothDatabases(`A reply to a topic that ${what} meanwhile is refused with those words`, async ({ db }) => {
    const { topic, ben } = await scene(db)
    await happen(db, topic.id)
    const says = (error: unknown) => error instanceof refusal && error.reason?.key === key
    await assert.rejects(postReply(db, ben, topic, typed('Too late')), says)
    await assertSound(db)
  })
}

onBothDatabases('A topic moved out of reach takes no reply, and does not say where it went', async ({ db }) => {
  const { topic, other } = await scene(db)
  await setVerb(db, other, 'Members', 'read', false)
  const cleo = await makeViewer(db, 'Cleo')
  await inTransaction(db, tx => changeTopicForum(tx, topic.id, other))
  const says = (error: unknown) => error instanceof NotFound && error.reason?.key === 'posts.lost_out_of_reach'
  await assert.rejects(postReply(db, cleo, topic, typed('Where is it')), says)
})

onBothDatabases('A topic moved to where a member may only read takes no reply', async ({ db }) => {
  const { topic, other } = await scene(db)
  await setVerb(db, other, 'Members', 'reply', false)
  const cleo = await makeViewer(db, 'Cleo')
  await inTransaction(db, tx => changeTopicForum(tx, topic.id, other))
  await assert.rejects(postReply(db, cleo, topic, typed('May I')), Forbidden)
})

onBothDatabases('Where posts need approval a reply waits, shown to nobody else, at its place', async ({ db }) => {
  const { forum, topicId } = await scene(db)
  await setVerb(db, forum, 'Members', 'publish', false)
  const cleo = await makeViewer(db, 'Cleo')
  const reply = await postReply(db, cleo, await topicRow(db, topicId), typed('Please'))
  assert.deepEqual([reply.position, reply.place, reply.pending_reason], [null, 1, 'posts.waits_for_all'])
  assert.equal((await topicRow(db, topicId)).post_count, 1)
  await assertSound(db)
})

onBothDatabases('A first post with a link or an address waits, and one without appears', async ({ db }) => {
  const { topic } = await scene(db)
  const held = [
    'See https://example.com/offer',
    'Buy at cheap-pills.example.com',
    'Write to me@example.com',
    '[x](https://a.example)',
  ]
  for (const [index, body] of held.entries()) {
    const reply = await postReply(db, await makeViewer(db, `New ${index}`), topic, typed(body))
    assert.equal(reply.pending_reason, 'posts.waits_first_link', body)
  }
  const reply = await postReply(db, await makeViewer(db, 'Plain'), topic, typed('Nothing to see, 3.5 of 4 say etc.'))
  assert.equal(reply.pending_at, null)
  await assertSound(db)
})

onBothDatabases('A link appears at once in the second post, or where links are not held', async ({ db }) => {
  const { topic, ben } = await scene(db)
  await postReply(db, ben, topic, typed('First without'))
  const again = await viewerOf(db, ben.member?.id ?? 0)
  assert.equal((await postReply(db, again, topic, typed('https://example.com'))).pending_at, null)
  await inTransaction(db, tx => writeSettings(tx, { hold_first_links: false }))
  const reply = await postReply(db, await makeViewer(db, 'Dan'), topic, typed('https://example.com'))
  assert.equal(reply.pending_at, null)
})

onBothDatabases('A post that waits is no public post: the next link of its author waits as well', async ({ db }) => {
  const { topic } = await scene(db)
  const cleo = await makeViewer(db, 'Cleo')
  await postReply(db, cleo, topic, typed('https://example.com/1'))
  const again = await viewerOf(db, cleo.member?.id ?? 0)
  assert.ok((await postReply(db, again, topic, typed('https://example.com/2'))).pending_at)
})

onBothDatabases('Whoever could approve it does not wait', async ({ db }) => {
  const { topic, forum } = await scene(db)
  await setVerb(db, forum, 'Moderators', 'publish', false)
  const mod = await makeViewer(db, 'Mod', 'Moderators')
  assert.equal((await postReply(db, mod, topic, typed('https://example.com'))).pending_at, null)
})

onBothDatabases('A member who posts too much in an hour is asked to wait, and staff are not', async ({ db }) => {
  const { topic, ben } = await scene(db)
  await inTransaction(db, tx => writeSettings(tx, { posts_per_hour: 2 }))
  await postReply(db, ben, topic, typed('One'))
  const draft = { ...typed('Two'), submission: 'form-number-2' }
  await postReply(db, ben, topic, draft)
  const says = (error: unknown) => error instanceof TooMany && error.reason?.key === 'posts.too_many_posts'
  await assert.rejects(postReply(db, ben, topic, typed('Three')), says)
  await postReply(db, ben, topic, draft)
  const mod = await makeViewer(db, 'Mod', 'Moderators')
  for (const body of ['One', 'Two', 'Three']) await postReply(db, mod, topic, typed(body))
})

onBothDatabases('What was refused does not count against the hour', async ({ db }) => {
  const { topic, ben } = await scene(db)
  await inTransaction(db, tx => writeSettings(tx, { posts_per_hour: 1 }))
  await db.updateTable('topics').set({ locked_at: 1 }).where('id', '=', topic.id).execute()
  await assert.rejects(postReply(db, ben, topic, typed('Locked')), Conflict)
  await db.updateTable('topics').set({ locked_at: null }).where('id', '=', topic.id).execute()
  await postReply(db, ben, topic, typed('Open again'))
})

onBothDatabases('A moderator replies to a locked topic', async ({ db }) => {
  const { topic } = await scene(db)
  await db.updateTable('topics').set({ locked_at: 1 }).where('id', '=', topic.id).execute()
  const mod = await makeViewer(db, 'Mod', 'Moderators')
  assert.equal((await postReply(db, mod, await topicRow(db, topic.id), typed('Closed, because'))).position, 2)
})

onBothDatabases('A reply approved later takes the place where it was written', async ({ db }) => {
  const { topic, ann, ben } = await scene(db)
  const waiting = await makeReply(db, topic.id, ben.member?.id ?? 0, { pendingReason: 'posts.waits_for_all' })
  const later = await makeReply(db, topic.id, ann)
  await inTransaction(db, tx => changePostState(tx, topic.id, waiting.id, { pending_at: null, pending_reason: null }))
  assert.deepEqual([(await postRow(db, waiting.id)).position, (await postRow(db, later.id)).position], [2, 3])
  await assertSound(db)
})

onBothDatabases('Mentions and quotes say the names that people have now', async ({ db }) => {
  const { topic, ann, ben, postId } = await scene(db)
  const body = `> [Somebody else wrote:](/post/${postId})\n>\n> Words\n\n@[Wrong name](/profile/${ann})`
  const { html } = await postReply(db, ben, topic, typed(body))
  assert.match(html, new RegExp(`<a href="/post/${postId}">Ann wrote:</a>`))
  assert.match(html, />@Ann</)
  assert.doesNotMatch(html, /Somebody else|Wrong name/)
})

onBothDatabases('A quote names nobody of whom its writer may not know', async ({ db }) => {
  const { topic, ann, ben, other } = await scene(db)
  const hidden = await makeReply(db, topic.id, ann)
  await inTransaction(db, tx => changePostState(tx, topic.id, hidden.id, { hidden_at: 1 }))
  const secret = await makeTopic(db, other, ann)
  await setVerb(db, other, 'Members', 'read', false)
  const reader = await viewerOf(db, ben.member?.id ?? 0)
  for (const id of [hidden.id, secret.postId, 4711, 99_999_999_999]) {
    const { html } = await postReply(db, reader, topic, typed(`> [X wrote:](/post/${id})\n>\n> Words ${id}`))
    assert.doesNotMatch(html, /Ann|data-post/)
  }
})
