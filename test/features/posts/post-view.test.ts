import assert from 'node:assert/strict'
import type { Updateable } from 'kysely'
import { bumpRevisions, type Db, inTransaction, type PostsTable } from '../../../src/platform/store/index.ts'
import { onBothDatabases, type Page } from '../../support/index.ts'
import { readingRoom } from '../topics/reading-room.ts'
import { appoint, makeForum, withdrawPost } from '../topics/world.ts'
import { makeMember, makeReply, makeTopic } from './world.ts'

async function change(db: Db, postId: number, values: Updateable<PostsTable>): Promise<void> {
  await db.updateTable('posts').set(values).where('id', '=', postId).execute()
}

const textOf = (page: Page, css: string) => page.texts(css).join(' ')

/** Ann's topic with a reply by Bea, in a forum that Mod moderates. */
async function world(db: Db) {
  const forum = await makeForum(db, 'Plants')
  const [ann, bea, mod] = [await makeMember(db, 'Ann'), await makeMember(db, 'Bea'), await makeMember(db, 'Mod')]
  await appoint(db, mod, forum)
  const { topicId, postId } = await makeTopic(db, forum, ann, 'Ivy')
  const reply = await makeReply(db, topicId, bea)
  return { ann, bea, mod, topicId, first: postId, reply: reply.id, path: `/topic/${topicId}-ivy/` }
}

onBothDatabases('Each post says who wrote it, and whether that is who began the topic', async ({ db, t }) => {
  const { path, first, reply, topicId } = await world(db)
  const guestPost = await makeReply(db, topicId, null)
  const page = await (await readingRoom(t, db)).visit().get(path)
  assert.match(textOf(page, `#post-${first}`), /Ann\s*Members[\s\S]*Author/)
  assert.doesNotMatch(textOf(page, `#post-${reply}`), /Author/)
  assert.match(textOf(page, `#post-${guestPost.id}`), /Somebody\s*Guest/)
  assert.ok(page.has(`#post-${first}.opening`))
})

onBothDatabases(
  'Everybody reads that a post was edited, its author and moderators what it said before',
  async given => {
    const { db, t } = given
    const { path, reply, ann, bea, mod } = await world(db)
    await change(db, reply, { edited_at: Date.now(), edited_by_id: mod, edit_reason: 'Typing errors' })
    const { visit } = await readingRoom(t, db)
    for (const [viewer, sees] of [
      [null, false] as const,
      [ann, false] as const,
      [bea, true] as const,
      [mod, true] as const,
    ]) {
      const page = await visit(viewer).get(path)
      assert.match(textOf(page, `#post-${reply}`), /Edited by Mod .*: Typing errors/)
      assert.equal(page.has(`a[href="/post/${reply}/versions"]`), sees)
    }
  },
)

onBothDatabases('Whoever may edit or delete a post finds it in its menu', async ({ db, t }) => {
  const { path, first, reply, ann, bea, mod, topicId } = await world(db)
  const topic = await db.selectFrom('topics').selectAll().where('id', '=', topicId).executeTakeFirstOrThrow()
  const { visit } = await readingRoom(t, db)
  const offered = async (viewer: number | null) => {
    const page = await visit(viewer).get(path)
    const hrefs = [first, reply].flatMap(id => [`/post/${id}/edit`, `/post/${id}/delete`])
    return hrefs.filter(href => page.has(`a[href="${href}"]`))
  }
  assert.deepEqual(await offered(null), [])
  assert.deepEqual(await offered(ann), [`/post/${first}/edit`])
  assert.deepEqual(await offered(bea), [`/post/${reply}/edit`, `/post/${reply}/delete`])
  assert.deepEqual(await offered(mod), [`/post/${first}/edit`, `/post/${reply}/edit`])
  await appoint(db, bea, topic.forum_id)
  assert.deepEqual(await offered(mod), [`/post/${first}/edit`])
  await db.deleteFrom('moderators').where('member_id', '=', bea).execute()
  await inTransaction(db, tx => bumpRevisions(tx, 'permissions'))
  await db.updateTable('topics').set({ locked_at: 1 }).execute()
  assert.deepEqual(await offered(bea), [])
})

onBothDatabases('A post that waits says why to its author, an edit that waits to who made it', async ({ db, t }) => {
  const { path, reply, ann, bea, mod, topicId } = await world(db)
  const waiting = await makeReply(db, topicId, bea, { pendingReason: 'topics.rejected' })
  await change(db, waiting.id, { pending_reason: 'topics.label_pinned' })
  const edit = {
    html: '',
    text: '',
    content_version: 1,
    reason: null,
    proposed_at: 1,
    pending_reason: 'topics.label_locked',
  }
  await db
    .insertInto('proposed_edits')
    .values({ ...edit, post_id: reply, member_id: bea })
    .execute()
  const { visit } = await readingRoom(t, db)
  for (const viewer of [bea, mod]) {
    const page = await visit(viewer).get(path)
    assert.match(textOf(page, `#post-${waiting.id}`), /Pinned Until then, only its author and moderators see it/)
    assert.match(textOf(page, `#post-${reply}`), /An edit of this post waits for approval: Locked/)
  }
  for (const viewer of [null, ann]) assert.doesNotMatch((await visit(viewer).get(path)).text, /waits|Until then/)
  await change(db, waiting.id, { pending_reason: 'topics.rejected' })
  const page = await visit(bea).get(path)
  assert.match(textOf(page, `#post-${waiting.id}`), /Not accepted[\s\S]*A moderator did not accept it/)
  assert.doesNotMatch(page.text, /Awaiting approval/)
})

onBothDatabases(
  'Withdrawn posts stand where they stood, and a wave of them does not drown the page',
  async ({ db, t }) => {
    const { path, mod, reply, first, topicId } = await world(db)
    for (let n = 0; n < 103; n++) await makeReply(db, topicId, null)
    const rows = await db.selectFrom('posts').select('id').where('topic_id', '=', topicId).orderBy('id').execute()
    for (const { id } of rows.slice(2)) await withdrawPost(db, topicId, id, 'deleted')
    const last = await makeReply(db, topicId, null)
    await withdrawPost(db, topicId, reply, 'hidden')
    const page = await (await readingRoom(t, db)).visit(mod).get(path)
    const order = [...page.html.matchAll(/id="post-(\d+)"/g)].map(([, id]) => Number(id))
    assert.deepEqual(order.slice(0, 3), [first, reply, rows[2]?.id])
    assert.equal(order.at(-1), last.id)
    assert.equal(order.length, 102)
    assert.match(page.text, /More posts were hidden or deleted here than this page shows/)
  },
)

onBothDatabases('Quote is offered where one may reply', async ({ db, t }) => {
  const { path, reply, ann } = await world(db)
  const { visit } = await readingRoom(t, db)
  const guest = visit(null)
  await guest.get(path)
  const quoted = await guest.click(`#post-${reply} a[data-quote]`)
  assert.equal(quoted.url, `${path}?quote=${reply}#reply`)
  assert.match(quoted.form('Submit Reply').value('body'), /^> \[Bea wrote:\]\(\/post\/\d+\)/)
  assert.match(quoted.html, /noindex/)
  await db.updateTable('topics').set({ locked_at: 1 }).execute()
  assert.ok(!(await visit(ann).get(path)).has('a[data-quote]'))
})
