import assert from 'node:assert/strict'
import { deleteOwn } from '../../../src/features/posts/delete-own.ts'
import { Forbidden, SignInNeeded } from '../../../src/platform/errors.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/stores.ts'
import { assertSound } from './soundness.ts'
import { makeForums, makeReply, makeTopic, makeViewer, postRow, setVerb, topicRow, viewerOf } from './world.ts'

async function scene(db: Db) {
  const [forum = 0] = await makeForums(db, 1)
  const [ann, ben] = [await makeViewer(db, 'Ann'), await makeViewer(db, 'Ben')]
  const { topicId, postId } = await makeTopic(db, forum, ann.member?.id ?? 0)
  return { forum, topicId, postId, ann, ben }
}

onBothDatabases('Nobody deletes what somebody else wrote this way', async ({ db }) => {
  const { postId, ben } = await scene(db)
  const opening = await postRow(db, postId)
  await assert.rejects(deleteOwn(db, await viewerOf(db, null), opening), SignInNeeded)
  await assert.rejects(deleteOwn(db, ben, opening), Forbidden)
  await assert.rejects(deleteOwn(db, await makeViewer(db, 'Mod', 'Moderators'), opening), Forbidden)
})

onBothDatabases('A member takes an own reply back, and those behind it move up', async ({ db }) => {
  const { topicId, ann, ben } = await scene(db)
  const own = await makeReply(db, topicId, ben.member?.id ?? 0)
  const later = await makeReply(db, topicId, ann.member?.id ?? 0)
  assert.equal((await deleteOwn(db, ben, own)).kind, 'post')
  assert.ok((await postRow(db, own.id)).deleted_at)
  assert.equal((await postRow(db, later.id)).position, 2)
  await assertSound(db)
})

onBothDatabases('Deleting the opening post of an unanswered topic deletes the topic', async ({ db }) => {
  const { topicId, postId, ann } = await scene(db)
  assert.equal((await deleteOwn(db, ann, await postRow(db, postId))).kind, 'topic')
  assert.ok((await topicRow(db, topicId)).deleted_at)
  await assertSound(db)
})

onBothDatabases('A topic that others have answered stays', async ({ db }) => {
  const { topicId, postId, ann, ben } = await scene(db)
  await makeReply(db, topicId, ben.member?.id ?? 0)
  await assert.rejects(deleteOwn(db, ann, await postRow(db, postId)), Forbidden)
})

onBothDatabases('Deleting needs the right to, and an open topic', async ({ db }) => {
  const { forum, topicId, postId, ann } = await scene(db)
  await db.updateTable('topics').set({ locked_at: 1 }).where('id', '=', topicId).execute()
  await assert.rejects(deleteOwn(db, ann, await postRow(db, postId)), Forbidden)
  await db.updateTable('topics').set({ locked_at: null }).where('id', '=', topicId).execute()
  await setVerb(db, forum, 'Members', 'delete', false)
  await assert.rejects(deleteOwn(db, await viewerOf(db, ann.member?.id ?? 0), await postRow(db, postId)), Forbidden)
})

onBothDatabases('Pressed twice, a reply is deleted once', async ({ db }) => {
  const { topicId, ben } = await scene(db)
  const own = await makeReply(db, topicId, ben.member?.id ?? 0)
  await Promise.allSettled([deleteOwn(db, ben, own), deleteOwn(db, ben, own)])
  await assertSound(db)
})
