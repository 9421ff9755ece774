import assert from 'node:assert/strict'
import { settings } from '../../../src/features/settings/index.ts'
import { addStops } from '../../../src/features/spam/queries/stops.ts'
import { forumOnBothDatabases } from '../../support/index.ts'
import { registers, set, stops } from './strangers.ts'

const day = 24 * 60 * 60 * 1000

forumOnBothDatabases('an administrator sees what each check stopped, and switches them', async forum => {
  await set(forum.db, { registrations_per_address: 1 })
  const address = '192.0.2.44'
  await registers(forum.asGuest({ address }), 'First')
  assert.equal((await registers(forum.asGuest({ address }), 'Second')).status, 429)
  const now = Date.now()
  for (const at of [now, now, now - 29 * day, now - 31 * day]) await addStops(forum.db, ['honeypot'], at)
  assert.equal((await stops(forum.db)).limits, 1)

  const admin = await forum.asAdmin()
  assert.equal((await admin.get('/admin/settings/spam')).url, '/admin/spam')
  assert.match(admin.page.text, /A field that people do not see[\s\S]*?Stopped 3 in 30 days/)
  assert.match(admin.page.text, /Limits[\s\S]*Stopped 1 in 30 days[\s\S]*One registration a day/)
  const page = await admin.press('Save checks', { honeypot: false, proof_of_work: true, minimum_time_seconds: 7 })
  assert.match(page.text, /The settings are saved/)
  const { honeypot, proof_of_work, minimum_time_seconds, blocks } = await settings(forum.db)
  assert.deepEqual([honeypot, proof_of_work, minimum_time_seconds, blocks], [false, true, 7, true])
  const wrong = await admin.press('Save checks', { minimum_time_seconds: 'soon' })
  assert.equal(wrong.status, 422)
  assert.equal(wrong.form('Save checks').value('minimum_time_seconds'), 'soon')
})

forumOnBothDatabases('questions are added, shown and removed, twice without harm', async forum => {
  const admin = await forum.asAdmin()
  await admin.get('/admin/spam')
  assert.match(admin.page.text, /There are no questions yet/)
  const empty = await admin.press('Add question', { text: 'Which river?', answers: ' \n ' })
  assert.equal(empty.status, 422)
  assert.equal(empty.form('Add question').value('text'), 'Which river?')
  await admin.press('Add question', { answers: 'Ilissos\n\n Eridanos ' })
  assert.match(admin.page.text, /Which river\?[\s\S]*Ilissos · Eridanos/)
  assert.match((await forum.asGuest().get('/register/')).text, /Which river\?/)
  const form = admin.page.form('Remove Which river?')
  const again = admin.page.form('Remove Which river?')
  assert.match((await form.submit()).text, /Removed\./)
  assert.match((await again.submit()).text, /already/)
  assert.equal((await admin.post('/admin/spam/questions/x/remove')).status, 404)
})
