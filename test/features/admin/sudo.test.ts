import assert from 'node:assert/strict'
import { settings } from '../../../src/features/settings/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'

/** It was so many minutes ago that anybody gave a password. */
async function minutesLater(db: Db, minutes: number): Promise<void> {
  for (const { id, data } of await db.selectFrom('sessions').select(['id', 'data']).execute()) {
    const session = { ...JSON.parse(data), confirmedAt: Date.now() - minutes * 60_000 }
    await db
      .updateTable('sessions')
      .set({ data: JSON.stringify(session) })
      .where('id', '=', id)
      .execute()
  }
}

forumOnBothDatabases('dangerous pages ask for the password again, and nothing typed is lost', async forum => {
  const { db } = forum
  const { id: beaId } = await forum.member('Bea')
  const bea = await forum.asMember('Bea')
  for (const path of ['/admin/confirm', '/admin/groups']) {
    for (const visitor of [forum.asGuest(), bea]) {
      assert.equal((await visitor.get(path)).status, 404, path)
      assert.equal((await visitor.post(path, { sudo_password: forum.admin.password })).status, 404, path)
    }
  }
  const admin = await forum.asAdmin()
  await minutesLater(db, 14)
  assert.equal((await admin.get('/admin/settings/accounts')).h1, 'Settings')
  const typed = admin.page.form('Save settings').fill({ password_min_length: '13' })
  await minutesLater(db, 16)

  const asked = await typed.submit('Save settings')
  assert.deepEqual([asked.status, asked.h1], [403, 'Your password again'])
  assert.equal((await settings(db)).password_min_length, 10)
  const wrong = await admin.press('Go on', { sudo_password: 'no' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /That is not the password of this account/)
  const saved = await admin.press('Go on', { sudo_password: forum.admin.password })
  assert.match(saved.text, /The settings are saved/)
  assert.equal((await settings(db)).password_min_length, 13)
  assert.equal((await admin.get('/admin/groups')).h1, 'Groups')

  await minutesLater(db, 16)
  for (const path of ['/admin/', '/admin/settings/reading', '/admin/members', `/admin/members/${beaId}`])
    assert.notEqual((await admin.get(path)).h1, 'Your password again', path)
  const pages = [
    '/admin/mail',
    '/ADMIN/groups/1',
    '/admin/permissions',
    '/admin/moderators',
    '/admin/settings/accounts/',
  ]
  for (const path of pages) assert.equal((await admin.get(path)).h1, 'Your password again', path)
  await admin.post(`/admin/members/${beaId}/group`, { group: '4' })
  assert.equal(admin.page.status, 403)
  assert.equal((await admin.post('/admin/confirm', { sudo_password: '', return: '/admin/mail' })).status, 422)
  const led = await admin.get('/admin/groups?x=1')
  assert.equal(led.url, '/admin/confirm?return=%2Fadmin%2Fgroups%3Fx%3D1')
  assert.equal((await admin.press('Go on', { sudo_password: forum.admin.password })).url, '/admin/groups?x=1')
  const away = { sudo_password: forum.admin.password, return: 'https://evil.example/' }
  assert.equal((await admin.post('/admin/confirm', away)).url, '/admin/')

  // Of a room that asks for nothing, what decides where links in mails lead.
  await minutesLater(db, 16)
  await admin.get('/admin/settings/general')
  assert.match((await admin.press('Save settings', { forum_name: 'Porch' })).text, /The settings are saved/)
  const moved = { forum_name: 'Garden', base_url: 'https://evil.example' }
  assert.equal((await admin.press('Save settings', moved)).h1, 'Your password again')
  assert.equal((await settings(db)).forum_name, 'Porch')
  await admin.press('Go on', { sudo_password: forum.admin.password })
  const { forum_name, base_url } = await settings(db)
  assert.deepEqual({ forum_name, base_url }, moved)

  await minutesLater(db, 16)
  await admin.get('/admin/groups')
  for (let round = 0; round < 12; round++) await admin.post('/admin/confirm', { sudo_password: 'no' })
  assert.equal(admin.page.status, 429)
  assert.equal((await admin.post('/admin/confirm', { sudo_password: forum.admin.password })).status, 429)
})
