import assert from 'node:assert/strict'
import { onBothDatabases } from '../../support/index.ts'
import { makeForums, makeMember, makeReply, makeTopic } from './world.ts'
import { writingRoom } from './writing-room.ts'

onBothDatabases('A guest without scripts shares a post, not its topic', async ({ db, t }) => {
  const [forum = 0] = await makeForums(db, 1)
  const ann = await makeMember(db, 'Ann')
  const { topicId } = await makeTopic(db, forum, ann)
  const reply = await makeReply(db, topicId, ann)
  const guest = (await writingRoom(t, db)).visit()
  await guest.get(`/topic/${topicId}`)
  const path = guest.page.link(`#post-${reply.id} [data-share]`)
  assert.equal(path, `/post/${reply.id}/share`)
  const page = await guest.get(path)
  assert.equal(page.h1, 'Share this post')
  assert.match(page.link('Reddit'), new RegExp(encodeURIComponent(`/post/${reply.id}`)))
  assert.equal(page.link('Back to the post'), `/post/${reply.id}`)
  for (const nothing of ['/post/99999/share', '/post/abc/share']) assert.equal((await guest.get(nothing)).status, 404)
})
