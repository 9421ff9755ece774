import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ForumNode, forumTree } from '../../../src/features/forums/index.ts'
import { changeTopicState } from '../../../src/features/posts/change-state.ts'
import { topicForm } from '../../../src/features/posts/forms.ts'
import { startTopic } from '../../../src/features/posts/start-topic.ts'
import { Forbidden, NotFound, SignInNeeded } from '../../../src/platform/errors.ts'
import { readForm } from '../../../src/platform/http/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/stores.ts'
import { assertSound } from './soundness.ts'
import { makeForums, makeViewer, setVerb, topicRow, typed, viewerOf } from './world.ts'

async function forumNode(db: Db, id: number): Promise<ForumNode> {
  const node = (await forumTree(db)).byId.get(id)
  assert.ok(node)
  return node
}

async function scene(db: Db) {
  const [id = 0] = await makeForums(db, 1)
  return { id, forum: await forumNode(db, id), ann: await makeViewer(db, 'Ann') }
}

onBothDatabases('A guest cannot start a topic: what guests write is a claim', async ({ db }) => {
  const { forum } = await scene(db)
  const draft = { title: 'Hello', ...typed('Hello') }
  await assert.rejects(startTopic(db, await viewerOf(db, null), forum, draft), SignInNeeded)
  assert.deepEqual(await db.selectFrom('topics').select('id').execute(), [])
})

onBothDatabases('A topic of a member appears with its opening post and is counted everywhere', async ({ db }) => {
  const { forum, ann } = await scene(db)
  const post = await startTopic(db, ann, forum, { title: 'Jade plants, “old” ones', ...typed('How?') })
  const topic = await topicRow(db, post.topic_id)
  assert.deepEqual([topic.first_post_id, topic.last_post_id, topic.post_count], [post.id, post.id, 1])
  assert.deepEqual([topic.title, topic.slug, post.position], ['Jade plants, “old” ones', 'jade-plants-old-ones', 1])
  await assertSound(db)
})

onBothDatabases('The same new topic sent from two tabs at once is one topic', async ({ db }) => {
  const { forum, ann } = await scene(db)
  const draft = { title: 'Once', ...typed('Once'), submission: 'form-number-1' }
  const posts = await Promise.all(Array.from({ length: 4 }, () => startTopic(db, ann, forum, draft)))
  assert.equal(new Set(posts.map(post => post.topic_id)).size, 1)
  assert.equal((await db.selectFrom('topics').select('id').execute()).length, 1)
  await assertSound(db)
})

onBothDatabases('Where topics need approval the whole topic waits, and appears with its post', async ({ db }) => {
  const { id } = await scene(db)
  await setVerb(db, id, 'Members', 'publish', false)
  const ben = await makeViewer(db, 'Ben')
  const post = await startTopic(db, ben, await forumNode(db, id), { title: 'Please', ...typed('Please') })
  assert.deepEqual([post.position, post.pending_at], [1, null])
  const waiting = await topicRow(db, post.topic_id)
  assert.equal(waiting.pending_reason, 'posts.waits_for_all')
  await assertSound(db)
  await inTransaction(db, tx => changeTopicState(tx, waiting.id, { pending_at: null, pending_reason: null }))
  await assertSound(db)
  const forum = await db.selectFrom('forums').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  assert.deepEqual([forum.topic_count, forum.post_count, forum.last_post_id], [1, 1, post.id])
})

onBothDatabases('A link in the title of a first topic makes it wait as well', async ({ db }) => {
  const { forum, ann } = await scene(db)
  const post = await startTopic(db, ann, forum, { title: 'Visit cheap-pills.example.com', ...typed('Now') })
  assert.equal((await topicRow(db, post.topic_id)).pending_reason, 'posts.waits_first_link')
})

onBothDatabases(
  'Nobody starts a topic in a category, in a forum that is gone, or where they may not',
  async ({ db }) => {
    const { id, forum, ann } = await scene(db)
    const draft = { title: 'Here', ...typed('Here') }
    const [category] = (await forumTree(db)).roots
    assert.ok(category)
    await assert.rejects(startTopic(db, ann, category, draft), Forbidden)
    await setVerb(db, id, 'Members', 'start', false)
    await assert.rejects(startTopic(db, await makeViewer(db, 'Ben'), forum, draft), Forbidden)
    await db.deleteFrom('forums').where('id', '=', id).execute()
    await assert.rejects(startTopic(db, ann, forum, draft), NotFound)
    assert.deepEqual(await db.selectFrom('topics').select('id').execute(), [])
  },
)

function titleOf(title: unknown, max = 40) {
  const form = readForm(topicForm(max), { title, body: 'Text' })
  return form.errors?.title?.key ?? form.values?.title
}

test('A title is one visible line, as long as a person counts', () => {
  assert.equal(titleOf('  Two \n lines\tand   spaces '), 'Two lines and spaces')
  assert.equal(titleOf('a\u0000b\u0007c'), 'a b c')
  assert.equal(titleOf('\u202egnirts'), 'gnirts')
  assert.equal(titleOf('👨‍👩‍👧‍👦'.repeat(40)), '👨‍👩‍👧‍👦'.repeat(40))
  assert.equal(titleOf('👨‍👩‍👧‍👦'.repeat(41)), 'posts.title_long')
  assert.equal(titleOf('x'.repeat(40)), 'x'.repeat(40))
  assert.equal(titleOf('x'.repeat(41)), 'posts.title_long')
  assert.equal(titleOf('x'.repeat(1_000_000)), 'posts.title_long')
})

test('A title that shows nothing is none', () => {
  for (const nothing of ['', '   ', '\u200b\u200d', '\u3164', '\u2800', '\u0301', '\ufeff', undefined, ['a', 'b']]) {
    assert.equal(titleOf(nothing), 'posts.title_missing', JSON.stringify(nothing))
  }
})
