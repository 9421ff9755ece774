import assert from 'node:assert/strict'
import { changePostState, changeTopicState, recountAll } from '../../../src/features/posts/index.ts'
import { mayGo } from '../../../src/features/privacy/leaving/begin-leaving.ts'
import { closeAccount } from '../../../src/features/privacy/leaving/close-account.ts'
import { clearRemains } from '../../../src/features/privacy/remains/clear-remains.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { makeCourt, makeEdit, post, press } from '../moderation/court.ts'
import { assertSound } from '../posts/soundness.ts'
import { makeReply, makeTopic, postRow, topicRow } from '../posts/world.ts'

const secret = 'xylographically'
const words = { html: `<p>He said ${secret}.</p>`, text: `He said ${secret}.` }

async function traces(db: Db): Promise<string[]> {
  const found: string[] = []
  for (const { name } of await db.introspection.getTables()) {
    const rows = await db
      .selectFrom(name as 'posts')
      .selectAll()
      .execute()
    if (JSON.stringify(rows).includes(secret)) found.push(name)
  }
  return found.sort()
}

async function close(db: Db, id: number): Promise<void> {
  await inTransaction(db, async tx => closeAccount(tx, await mayGo(tx, id), 'remove', 'member'))
}

onBothDatabases('Posts that go with the account leave no trace, and every count is right', async ({ db }) => {
  const { forum, ids, moderator } = await makeCourt(db)
  const { ann, ben } = ids
  const { topicId: answered, postId: opening } = await makeTopic(db, forum, ann, 'Kept for its answers')
  await db.updateTable('posts').set(words).where('id', '=', opening).execute()
  const html = `<blockquote class="quote" data-post="${opening}"><p><a href="/post/${opening}">Ann wrote:</a></p><p>He said ${secret}.</p></blockquote><p>No.</p>`
  const answer = await makeReply(db, answered, ben, { html, text: 'No.', quotes: [opening] })
  const { topicId: alone } = await makeTopic(db, forum, ann, `About ${secret}`)
  await makeReply(db, alone, ann, words)
  const { topicId: bens } = await makeTopic(db, forum, ben)
  for (let n = 0; n < 130; n++) await makeReply(db, bens, n % 3 ? ann : ben, n % 3 ? words : {})
  const hidden = await makeReply(db, bens, ann, words)
  await press(db, moderator, 'hide', [post(hidden.id)])
  const edited = await makeReply(db, bens, ann, words)
  await makeEdit(db, edited.id, ann, secret)
  const old = { title: null, ...words, replaced_at: 1, reason: null, replaced_by_id: ann }
  await db
    .insertInto('post_versions')
    .values({ ...old, post_id: edited.id })
    .execute()
  const draft = {
    member_id: ben,
    forum_id: forum,
    topic_id: answered,
    title: null,
    format: 'markdown' as const,
    place: null,
  }
  const body = `> [Ann wrote:](/post/${opening})\n>\n> He said ${secret}.\n\nWell.`
  await db
    .insertInto('drafts')
    .values({ ...draft, body, reason: null, created_at: 1 })
    .execute()
  await assertSound(db)

  await close(db, ann)
  await clearRemains(db, { memberId: ann, posts: 'remove' })
  assert.deepEqual(await traces(db), [])
  await assertSound(db)
  assert.deepEqual(await recountAll(db, { repair: false }), [])
  assert.equal((await topicRow(db, answered)).title, 'Kept for its answers')
  assert.equal((await topicRow(db, answered)).deleted_at, null)
  assert.notEqual((await topicRow(db, alone)).deleted_at, null)
  assert.notEqual((await postRow(db, opening)).erased_at, null)
  assert.match((await postRow(db, answer.id)).html, /<p>No\.<\/p>/)
  assert.equal((await topicRow(db, bens)).post_count, 45)

  const late = await makeReply(db, answered, ben, { html, text: 'No.', quotes: [opening] })
  await clearRemains(db, { memberId: ann, posts: 'remove', again: true })
  assert.doesNotMatch((await postRow(db, late.id)).html, new RegExp(secret))
  await assertSound(db)
})

onBothDatabases('A job that stopped half-way goes on, and one that nobody deleted is left alone', async ({ db }) => {
  const { forum, ids } = await makeCourt(db)
  const { topicId } = await makeTopic(db, forum, ids.ben)
  for (let n = 0; n < 5; n++) await makeReply(db, topicId, ids.ann, words)
  await clearRemains(db, { memberId: ids.ann, posts: 'remove' })
  assert.deepEqual(await traces(db), ['posts'], 'she did not leave')
  await close(db, ids.ann)
  await clearRemains(db, { memberId: ids.ann, posts: 'remove' })
  await clearRemains(db, { memberId: ids.ann, posts: 'remove' })
  assert.deepEqual(await traces(db), [])
  await assertSound(db)
})

onBothDatabases('What waited with an account goes with it, whatever becomes of its posts', async ({ db }) => {
  const { forum, ids } = await makeCourt(db)
  const { ann, ben } = ids
  const waits = { pending_at: 1, pending_reason: 'posts.waits_email' }
  const { topicId: bens } = await makeTopic(db, forum, ben)
  const seen = await makeReply(db, bens, ann)
  const reply = await makeReply(db, bens, ann, words)
  await inTransaction(db, tx => changePostState(tx, bens, reply.id, waits))
  const { topicId: held } = await makeTopic(db, forum, ann, `About ${secret}`)
  await inTransaction(db, tx => changeTopicState(tx, held, waits))
  await inTransaction(db, async tx => closeAccount(tx, await mayGo(tx, ann), 'keep', 'member'))
  await clearRemains(db, { memberId: ann, posts: 'keep' })
  assert.deepEqual(await traces(db), [])
  assert.equal((await postRow(db, seen.id)).pending_at, null)
  await assertSound(db)
  assert.deepEqual(await recountAll(db, { repair: false }), [])
})
