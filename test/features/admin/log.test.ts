import assert from 'node:assert/strict'
import { settings } from '../../../src/features/settings/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'

forumOnBothDatabases(
  'what administrators do stands in their log, and changed settings are put back from there',
  async forum => {
    const { db } = forum
    const { id: beaId } = await forum.member('Bea')
    const admin = await forum.asAdmin()
    await admin.get('/admin/settings/reading')
    await admin.press('Save settings', { posts_per_page: '33' })
    await admin.get('/admin/mail')
    const server = 'smtp://ann:s3cret-word@mail.example.org:587'
    await admin.press('Save settings', { smtp_url: server, mail_from: 'forum@example.org' })
    await admin.press('Save settings', { smtp_url: 'smtp://ann:an0ther-word@mail.example.org:587' })
    await admin.get(`/admin/members/${beaId}`)
    await admin.press('Change group', { group: 'Moderators' })
    await admin.post('/admin/groups/new', { name: 'Gardeners', standing: '20' })
    await admin.post('/admin/groups/new', { name: 'Gardeners', standing: '20' })
    await admin.get('/admin/settings/reading')
    await admin.press('Save settings')

    const log = await admin.get('/admin/log')
    assert.equal(log.count('.record'), 5)
    assert.match(log.text, /Posts on a page: 20 → 33/)
    assert.match(log.text, /Mail server: nothing → smtp:\/\/ann:\*+@mail\.example\.org:587/)
    assert.match(log.text, /password is not written down/)
    assert.match(log.text, /Bea/)
    assert.match(log.text, /Ada/)
    const stored = JSON.stringify(await db.selectFrom('admin_log').selectAll().execute())
    assert.doesNotMatch(stored, /s3cret-word|an0ther-word|Bea/)

    assert.equal((await admin.get(`/admin/log?member=${beaId}`)).count('.record'), 1)
    const filtered = await admin.get(`/admin/log?room=settings&by=${forum.admin.id}`)
    assert.equal(filtered.count('.record'), 1)
    assert.match((await admin.press('Undo')).text, /The settings are put back/)
    assert.equal((await settings(db)).posts_per_page, 20)
    const [first, , replaced] = await db.selectFrom('admin_log').select('id').orderBy('id').execute()
    assert.match((await admin.post(`/admin/log/${first?.id}/undo`)).text, /put back already/)
    assert.match((await admin.post(`/admin/log/${replaced?.id}/undo`)).text, /held a password/)
    assert.equal((await settings(db)).smtp_url, 'smtp://ann:an0ther-word@mail.example.org:587')

    await admin.get('/admin/settings/reading')
    await admin.press('Save settings', { posts_per_page: '40' })
    await admin.press('Save settings', { posts_per_page: '50' })
    const newest = await db.selectFrom('admin_log').select('id').orderBy('id', 'desc').limit(2).execute()
    const older = await admin.post(`/admin/log/${newest[1]?.id}/undo`)
    assert.match(older.text, /“Posts on a page” has been changed again since/)
    assert.equal((await settings(db)).posts_per_page, 50)
    for (const path of ['/admin/log?page=0', '/admin/log?page=99', '/admin/log?page=x'])
      assert.equal((await admin.get(path)).status, 404, path)
    assert.equal((await admin.get('/admin/log?room=%27--&by=x&member=999999')).status, 200)
    assert.equal((await admin.post('/admin/log/999/undo')).status, 404)
    const outsiders = [forum.asGuest(), await forum.asMember('Bea')]
    for (const visitor of outsiders) {
      assert.equal((await visitor.get('/admin/log')).status, 404)
      assert.equal((await visitor.post(`/admin/log/${newest[0]?.id}/undo`)).status, 404)
    }

    const found = await admin.get('/admin/settings?q=posts+PAGE')
    assert.equal(found.link('.doors a'), '/admin/settings/reading#field-posts_per_page')
    assert.match((await admin.get('/admin/settings?q=zzzz')).text, /No setting fits/)
    assert.match((await admin.get('/admin/settings?q=mail+server')).html, /href="\/admin\/mail#field-smtp_url"/)
  },
)
