import assert from 'node:assert/strict'
import { editPost } from '../../../src/features/posts/edits/edit-post.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/stores.ts'
import { assertSound } from './soundness.ts'
import { makeForums, makeMember, makeReply, makeTopic, postRow, topicRow, viewerOf } from './world.ts'
import { writingRoom } from './writing-room.ts'

async function scene(db: Db) {
  const [forum = 0] = await makeForums(db, 1)
  const [ann, ben] = [await makeMember(db, 'Ann'), await makeMember(db, 'Ben')]
  const mod = await makeMember(db, 'Mod', 'Moderators')
  const { topicId, postId } = await makeTopic(db, forum, ann, 'Old jade plants')
  const reply = await makeReply(db, topicId, ben)
  return { forum, ann, ben, mod, topicId, postId, reply: reply.id }
}

onBothDatabases('Guests are led to sign in, others refused, and what is hidden is not there', async ({ db, t }) => {
  const { ann, reply } = await scene(db)
  const room = await writingRoom(t, db)
  for (const what of ['edit', 'delete']) {
    const guest = await room.visit().agent.get(`/post/${reply}/${what}`).redirects(0)
    assert.deepEqual([guest.status, guest.headers.location], [303, `/login/?return=%2Fpost%2F${reply}%2F${what}`])
    assert.equal((await room.visit(ann).get(`/post/${reply}/${what}`)).status, 403)
  }
  for (const id of [null, ann]) assert.equal((await room.visit(id).get(`/post/${reply}/versions`)).status, 404)
  await db.updateTable('posts').set({ hidden_at: 1, position: null }).where('id', '=', reply).execute()
  for (const what of ['edit', 'delete', 'versions']) {
    assert.equal((await room.visit(ann).get(`/post/${reply}/${what}`)).status, 404)
  }
})

onBothDatabases('A member edits a reply with a reason and comes back to it', async ({ db, t }) => {
  const { ben, reply } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ben)
  const form = await visitor.get(`/post/${reply}/edit`)
  assert.equal(form.form('Save').value('body'), 'Words')
  assert.equal(form.has('input[name=title]'), false)
  const shown = await visitor.press('Save', { body: 'Better words', reason: 'Typo' })
  assert.match(shown.url, new RegExp(`#post-${reply}$`))
  assert.match(shown.text, /Edited by Ben/)
  assert.match(shown.text, /Typo/)
  const versions = await visitor.get(`/post/${reply}/versions`)
  assert.match(versions.text, /Version 2, as it is now.*Better words.*Version 1.*Words/s)
})

onBothDatabases('What each edit changed is marked, and a long history goes over pages', async ({ db, t }) => {
  const { ann, postId } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ann)
  for (let edit = 1; edit <= 11; edit++) {
    await visitor.get(`/post/${postId}/edit`)
    await visitor.press('Save', { Title: `Jade ${edit}`, body: `Water them ${edit} times <b>` })
  }
  const newest = await visitor.get(`/post/${postId}/versions`)
  assert.match(newest.html, /<del>Jade 10<\/del><ins>Jade 11<\/ins>/)
  assert.match(newest.html, /Water them <del>10<\/del><ins>11<\/ins> times &lt;b&gt;/)
  assert.match(newest.text, /Version 12, as it is now.*Version 3/s)
  assert.doesNotMatch(newest.text, /Version 2\b/)
  const oldest = await visitor.get(`/post/${postId}/versions?page=2`)
  assert.match(oldest.text, /Version 2\b.*Version 1\b.*As it was posted/s)
  assert.match(oldest.html, /<del>Old jade plants<\/del><ins>Jade 1<\/ins>/)
  assert.equal((await visitor.get(`/post/${postId}/versions?page=3`)).status, 404)
})

onBothDatabases('The opening post is edited with its title, and a bad title comes back', async ({ db, t }) => {
  const { ann, postId, topicId } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ann)
  await visitor.get(`/post/${postId}/edit`)
  const refused = await visitor.press('Save', { Title: ' ', body: 'Kept text' })
  assert.equal(refused.status, 422)
  assert.equal(refused.form('Save').value('body'), 'Kept text')
  const page = await visitor.press('Save', { Title: 'Young jade plants' })
  assert.equal(page.h1, 'Young jade plants')
  assert.equal((await topicRow(db, topicId)).slug, 'young-jade-plants')
})

onBothDatabases('A preview of an edit changes nothing and keeps everything', async ({ db, t }) => {
  const { ben, reply } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ben)
  await visitor.get(`/post/${reply}/edit`)
  const page = await visitor.press('Preview', { body: 'Not **yet**', reason: 'Why' })
  assert.deepEqual(page.texts('#preview strong'), ['yet'])
  assert.deepEqual([page.form('Save').value('body'), page.form('Save').value('reason')], ['Not **yet**', 'Why'])
  assert.equal((await postRow(db, reply)).edited_at, null)
})

onBothDatabases('Saving what the form showed leaves no trace', async ({ db, t }) => {
  const { ben, reply } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ben)
  await visitor.get(`/post/${reply}/edit`)
  const page = await visitor.press('Save')
  assert.match(page.url, new RegExp(`#post-${reply}$`))
  assert.doesNotMatch(page.text, /Edited by/)
})

onBothDatabases(
  'The second of two editors sees what the first wrote, and still has the own text',
  async ({ db, t }) => {
    const { ben, mod, reply } = await scene(db)
    const visitor = (await writingRoom(t, db)).visit(ben)
    await visitor.get(`/post/${reply}/edit`)
    const draft = { body: 'By the moderator', format: 'markdown' as const, reason: null, base: 0 }
    await editPost(db, await viewerOf(db, mod), await postRow(db, reply), draft)
    const page = await visitor.press('Save', { body: 'By the author' })
    assert.equal(page.status, 409)
    assert.match(page.text, /Mod changed this post while you were writing/)
    assert.match(page.text, /By the moderator/)
    assert.equal(page.form('Save').value('body'), 'By the author')
    await visitor.press('Save')
    assert.equal((await postRow(db, reply)).text, 'By the author')
  },
)

onBothDatabases('An edit that has to wait says so, and the form offers it again', async ({ db, t }) => {
  const { ben, reply } = await scene(db)
  const room = await writingRoom(t, db)
  const visitor = room.visit(ben)
  await visitor.get(`/post/${reply}/edit`)
  const page = await visitor.press('Save', { body: 'See https://example.com' })
  assert.match(page.text, /Your edit adds a link, so it appears when a moderator has approved it/)
  assert.doesNotMatch((await room.visit().get(`/post/${reply}`)).html, /example\.com/)
  const again = await visitor.get(`/post/${reply}/edit`)
  assert.match(again.text, /This is your edit that waits for approval/)
  assert.match(again.form('Save').value('body'), /example\.com/)
})

onBothDatabases('An edit that comes too late gives the text back', async ({ db, t }) => {
  const { ben, reply, topicId } = await scene(db)
  const room = await writingRoom(t, db)
  const visitor = room.visit(ben)
  const form = (await visitor.get(`/post/${reply}/edit`)).form('Save')
  await db.updateTable('topics').set({ locked_at: 1 }).where('id', '=', topicId).execute()
  const page = await form.fill({ body: 'Too late for this' }).submit('Save')
  assert.equal(page.status, 403)
  assert.match(page.html, /Too late for this<\/textarea>/)
  const signedOut = await room.visit().post(`/post/${reply}/edit`, { body: 'Signed out', base: '0' })
  assert.equal(signedOut.status, 403)
  assert.equal(room.askedToSignIn[0]?.body, 'Signed out')
})

onBothDatabases('A member deletes an own reply after a question, without JavaScript', async ({ db, t }) => {
  const { ben, reply, topicId } = await scene(db)
  const visitor = (await writingRoom(t, db)).visit(ben)
  const asked = await visitor.get(`/post/${reply}/delete`)
  assert.match(asked.text, /Delete your reply\?/)
  assert.equal((await postRow(db, reply)).deleted_at, null)
  const page = await visitor.press('Delete reply')
  assert.match(page.url, new RegExp(`^/topic/${topicId}-old-jade-plants/$`))
  assert.match(page.text, /Your reply was deleted/)
  assert.equal((await visitor.get(`/post/${reply}`)).status, 410)
  await assertSound(db)
})

onBothDatabases('A member deletes an own topic and comes to the forum', async ({ db, t }) => {
  const { ann, forum } = await scene(db)
  const { postId, topicId } = await makeTopic(db, forum, ann, 'Never mind')
  const visitor = (await writingRoom(t, db)).visit(ann)
  await visitor.get(`/post/${postId}/delete`)
  const page = await visitor.press('Delete topic')
  assert.match(page.url, new RegExp(`^/forum/${forum}-`))
  assert.doesNotMatch(page.texts('main').join(), /Never mind/)
  assert.equal((await visitor.get(`/topic/${topicId}`)).status, 410)
})
