import assert from 'node:assert/strict'
import { CONTENT_VERSION } from '../../../src/content/index.ts'
import { renderPosts } from '../../../src/features/posts/index.ts'
import { writePostAgain } from '../../../src/features/posts/queries/render.ts'
import { onBothDatabases } from '../../support/stores.ts'
import { makeForums, makeMember, makeReply, makeTopic } from './world.ts'

const old = '<p>Look, @<strong>Bo</strong></p><pre><code class="language-json">[1]</code></pre>'
const painted =
  '<p>Look, @<strong>Bo</strong></p><pre data-language="JSON"><code class="language-json">[<span class="code-value">1</span>]</code></pre>'

onBothDatabases('Old posts are written anew after an update, without a word of who edited them', async ({ db }) => {
  const [forum = 0] = await makeForums(db, 1)
  const ann = await makeMember(db, 'Ann')
  const { topicId, postId } = await makeTopic(db, forum, ann)
  const ids: number[] = []
  for (let n = 0; n < 11; n++)
    ids.push((await makeReply(db, topicId, ann, { html: old, text: 'Look, @Bo\n[1]', contentVersion: 1 })).id)
  const fresh = await makeReply(db, topicId, ann, { contentVersion: CONTENT_VERSION })
  const [first = 0, second = 0] = ids
  const edit = { member_id: ann, title: null, text: '', reason: null, pending_reason: 'posts.why', rejected_at: null }
  await db
    .insertInto('proposed_edits')
    .values({ ...edit, post_id: first, html: old, content_version: 1, proposed_at: 1 })
    .execute()
  const revision = async () =>
    (await db.selectFrom('topics').select('revision').where('id', '=', topicId).executeTakeFirstOrThrow()).revision
  const before = await revision()
  const posts = () => db.selectFrom('posts').selectAll().orderBy('id').execute()
  const were = await posts()

  // Somebody saves another text while the first portion is done.
  const told: number[] = []
  const change = async () =>
    db
      .updateTable('posts')
      .set({ html: '<p>New</p>', content_version: CONTENT_VERSION })
      .where('id', '=', second)
      .execute()
  let changing: Promise<unknown> | undefined
  const result = await renderPosts(db, done => {
    told.push(done)
    changing ??= change()
  })
  await changing
  assert.deepEqual(result, { looked: 13, changed: 12, left: 0 })
  assert.deepEqual(told, [10, 12, 13])
  assert.equal(await revision(), before + 11)
  for (const [at, post] of (await posts()).entries()) {
    const was = were[at]
    assert.ok(was)
    const html = post.id === postId || post.id === fresh.id ? was.html : post.id === second ? '<p>New</p>' : painted
    assert.deepEqual(post, { ...was, html, content_version: CONTENT_VERSION })
  }
  const { html } = await db.selectFrom('proposed_edits').selectAll().executeTakeFirstOrThrow()
  assert.equal(html, painted)
  const stale = { id: second, html: old }
  assert.equal(await writePostAgain(db, stale, { html: painted, text: '', version: 9 }), false)
  assert.deepEqual(await renderPosts(db), { looked: 0, changed: 0, left: 0 })
  assert.equal(await db.selectFrom('post_versions').selectAll().executeTakeFirst(), undefined)
})
