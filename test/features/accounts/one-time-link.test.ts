import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../../support/index.ts'
import { accountOf, getsIn, letLinksRunOut, signedInAs } from './letters.ts'

const newPassword = 'nine herons on the weir'

forumOnBothDatabases('an administrator hands a link to a member who gets no mail, who is told of it', async forum => {
  const { db } = forum
  const { id, password } = await forum.member('Bea')
  const bea = await forum.asMember('Bea')
  const cleo = await forum.asMember('Cleo', { group: 'Moderators' })
  const path = `/admin/members/${id}/link`
  for (const outsider of [forum.asGuest(), bea, cleo]) {
    assert.equal((await outsider.post(path, { password })).status, 404)
  }
  const admin = await forum.asAdmin()
  const peer = await forum.member('Dora', { group: 'Administrators' })
  const equal = await admin.post(`/admin/members/${peer.id}/link`, { password: forum.admin.password })
  assert.match(equal.text, /Nobody can act on someone of equal or higher standing/)
  assert.equal((await admin.post('/admin/members/9999/link', { password: forum.admin.password })).status, 404)
  await admin.get(`/admin/members/${id}`)
  assert.equal((await admin.press('Make a one-time link', { password: 'not it at all' })).status, 422)
  assert.equal((await db.selectFrom('moderation_log').selectAll().execute()).length, 0)
  const made = await admin.press('Make a one-time link', { password: forum.admin.password })
  const link = made.attribute('#made-link', 'value') ?? ''
  assert.ok(link.startsWith(`${forum.url}/reset/`), link)
  assert.match(made.headers['cache-control'] ?? '', /no-store/)
  assert.doesNotMatch((await admin.get(`/admin/members/${id}`)).html, /\/reset\//)

  assert.match((await admin.get('/modcp/log/')).text, /Made a one-time link for Bea/)
  assert.doesNotMatch((await cleo.get('/modcp/log/')).text, /one-time link/)
  const told = await bea.get('/')
  assert.match(told.text, /Ada, an administrator, made a link/)

  const reset = link.slice(forum.url.length)
  await db.updateTable('members').set({ email_verified_at: null }).where('id', '=', id).execute()
  const guest = forum.asGuest()
  await guest.get(reset)
  await guest.press('Set the new password', { new_password: newPassword })
  assert.equal(await signedInAs(guest), true)
  assert.equal(await signedInAs(bea), false)
  assert.match((await guest.get('/')).text, /Ada, an administrator, made a link/)
  assert.equal((await accountOf(db, 'Bea')).email_verified_at, null)
  assert.equal((await forum.asGuest().get(reset)).status, 404)
  assert.deepEqual([await getsIn(forum, 'Bea', newPassword), await getsIn(forum, 'Bea', password)], [true, false])
  await guest.press('Dismiss')
  assert.doesNotMatch((await guest.get('/')).text, /made a link/)

  const again = await admin.post(path, { password: forum.admin.password })
  await letLinksRunOut(db)
  const late = (again.attribute('#made-link', 'value') ?? '').slice(forum.url.length)
  assert.equal((await forum.asGuest().post(late, { new_password: newPassword })).status, 404)
  assert.equal(
    (await admin.post(`/admin/members/${forum.admin.id}/link`, { password: forum.admin.password })).status,
    200,
  )
})
