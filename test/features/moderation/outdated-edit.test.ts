import assert from 'node:assert/strict'
import { editPost } from '../../../src/features/posts/edits/edit-post.ts'
import { findPost } from '../../../src/features/posts/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { postRow, topicRow, typed } from '../posts/world.ts'
import { edit, makeCourt, makeEdit, makeTalk, press } from './court.ts'
import { staffRoom } from './staff-room.ts'

const changed = 'The post was changed after this edit was proposed.'

onBothDatabases('An edit proposed before a moderator changed the post takes its place only knowingly', async room => {
  const { db, t } = room
  const { forum, ids, moderator, ann } = await makeCourt(db)
  const { postId, topicId } = await makeTalk(db, forum, ids.ann, [])
  await makeEdit(db, postId, ids.ann, 'The words of Ann')
  await wait(db)
  const { visit } = await staffRoom(t, db)
  const [minos, agatha] = [visit(ids.moderator), visit(ids.admin)]
  const before = await agatha.get('/modcp/queue/')
  assert.ok(!before.text.includes(changed))

  const edits = async (words: string, base: number) => {
    const { post } = await findPost(db, moderator, postId)
    const { title } = await topicRow(db, topicId)
    await editPost(db, moderator, post, { ...typed(words), title, reason: null, base })
  }
  await edits('The words of Minos', 0)
  const late = await agatha.press('Approve')
  assert.match(late.text, /Approve it only if it is still right/, 'whoever did not see it is told')
  assert.equal((await postRow(db, postId)).text, 'The words of Minos')
  await press(db, moderator, 'approve', [edit(postId)])
  assert.equal((await postRow(db, postId)).text, 'The words of Minos', 'nor among others at once')

  const shown = await minos.get('/modcp/queue/')
  assert.ok(shown.text.includes(changed))
  const [{ id = 0 } = {}] = await db.selectFrom('post_versions').select('id').execute()
  await edits('Other words of Minos', id)
  await minos.press('Approve')
  assert.equal(
    (await postRow(db, postId)).text,
    'Other words of Minos',
    'it changed once more after the queue was shown',
  )
  await minos.get('/modcp/queue/')
  assert.match((await minos.press('Approve')).text, /The edit was approved\./)
  assert.equal((await postRow(db, postId)).text, 'The words of Ann')
  assert.equal((await findPost(db, ann, postId)).post.edited_by_id, ids.ann)
  await minos.press('Undo')
  assert.equal((await postRow(db, postId)).text, 'Other words of Minos')
  assert.ok((await minos.get('/modcp/queue/')).text.includes(changed))
})

onBothDatabases('An approval taken back leaves the version of the text as it was', async ({ db, t }) => {
  const { forum, ids } = await makeCourt(db)
  const { postId } = await makeTalk(db, forum, ids.ann, [])
  await makeEdit(db, postId, ids.ann)
  await db.updateTable('posts').set({ content_version: 7 }).where('id', '=', postId).execute()
  const before = await postRow(db, postId)
  const minos = (await staffRoom(t, db)).visit(ids.moderator)
  await minos.post('/moderate/', { act: 'approve', edit: String(postId) })
  assert.equal((await postRow(db, postId)).content_version, 1)
  await minos.press('Undo')
  assert.deepEqual(await postRow(db, postId), before)
})

/** As if the edit had been waiting for an hour. */
async function wait(db: Db): Promise<void> {
  await db
    .updateTable('proposed_edits')
    .set({ proposed_at: Date.now() - 3_600_000 })
    .execute()
}
