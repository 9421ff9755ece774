import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../../support/index.ts'
import { picture, upload } from './pictures.ts'

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

    const shown: string[] = []
    for (const name of ['one.png', 'two.png']) shown.push((await upload(ann, await picture(8, 8), name)).file.src)
    const guest = forum.asGuest()
    await guest.get('/topic/1/')
    const [one, two] = shown.map(src => `![](${src})`)
    const claim = await guest.press('Submit Reply', { body: `Mine, while I was signed out ${one} ${two}` })
    for (const [name, value] of Object.entries(guest.cookies())) ann.setCookie(name, value)
    await ann.get(claim.url)
    const refused = await ann.press('Publish as Ann')
    assert.deepEqual([refused.status, refused.url], [200, claim.url])
    assert.match(refused.text, /at most 1 of your files/)
    await ann.get(`${claim.url}/edit`)
    await ann.press('Save', { body: `Mine ${one}` })
    assert.match((await ann.press('Publish as Ann')).url, /^\/topic\/1-/)
  },
)
