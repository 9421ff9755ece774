import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../../support/index.ts'

forumOnBothDatabases(
  'An administrator says what each group may upload, and a wrong number is kept in the form',
  async forum => {
    const admin = await forum.asAdmin()
    const members = await forum.db
      .selectFrom('groups')
      .select('id')
      .where('kind', '=', 'members')
      .executeTakeFirstOrThrow()
    const limits = { upload_file_bytes: '3', upload_total_bytes: '40', upload_post_count: '1' }
    await admin.get(`/admin/groups/${members.id}`)
    const wrong = await admin.press('Save', { ...limits, upload_file_bytes: '0' })
    assert.equal(wrong.status, 422)
    assert.equal(wrong.form('Save').value('upload_total_bytes'), '40')
    await admin.press('Save', { ...limits, upload_kinds: 'images' })
    const saved = await forum.db.selectFrom('groups').selectAll().where('id', '=', members.id).executeTakeFirstOrThrow()
    assert.deepEqual(
      [saved.upload_kinds, saved.upload_file_bytes, saved.upload_total_bytes, saved.upload_post_count],
      ['images', 3 * 1024 * 1024, 40 * 1024 * 1024, 1],
    )
    const ann = await forum.asMember('Ann')
    assert.match((await ann.get('/topic/1/')).html, /data-upload-max="3145728"/)
  },
)
