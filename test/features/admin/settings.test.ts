import assert from 'node:assert/strict'
import { type Settings, settings, settingsIn } from '../../../src/features/settings/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'

forumOnBothDatabases('an administrator changes settings, and they hold at once, on cached pages too', async forum => {
  const guest = forum.asGuest()
  for (const round of [1, 2]) assert.match((await guest.get('/')).title, /The Porch/, `${round}`)
  const admin = await forum.asAdmin()
  await admin.get('/admin/settings')
  const page = await admin.press('Save settings', {
    'Name of the forum': 'Garden & <Co>',
    Description: 'For those who dig.',
    'Public address': 'https://garden.example.org/',
    'Time zone': 'Europe/Athens',
  })
  assert.match(page.text, /The settings are saved\./)
  assert.equal(page.form('Save settings').value('base_url'), 'https://garden.example.org')
  await admin.click('Appearance')
  await admin.press('Save settings', { 'Accent colour': 'leaf' })
  const index = await guest.get('/')
  assert.match(index.title, /Garden & <Co>/)
  assert.equal(index.attribute('link[rel=canonical]', 'href'), 'https://garden.example.org/')
  assert.match(index.text, /For those who dig\./)
  assert.match(index.text, /Europe\/Athens/)
  assert.ok(index.has('html.hue-10'))
})

forumOnBothDatabases('every setting can be saved as it stands, and stays what it was', async forum => {
  const before = await settings(forum.db)
  const admin = await forum.asAdmin()
  for (const room of ['General', 'Appearance', 'Reading', 'Writing', 'Guests', 'Accounts']) {
    await admin.get('/admin/settings')
    await admin.click(room)
    const page = await admin.press('Save settings')
    assert.match(page.text, /The settings are saved\./, room)
    assert.equal(page.texts('.tabs [aria-current]').join(), room)
  }
  assert.deepEqual(await settings(forum.db), before)

  // A page that was open before somebody else saved writes nothing back but what is changed on it.
  await admin.get('/admin/settings/guests')
  const old = admin.page.form('Save settings').fill({ claim_days: 'soon', claims_per_address: '11' })
  await (await forum.asAdmin()).post('/admin/settings/guests', { ...numbersOf(before), claims_per_email: '5' })
  assert.equal((await old.submit('Save settings')).status, 422)
  await admin.press('Save settings', { claim_days: '8' })
  const { claim_days, claims_per_address, claims_per_email } = await settings(forum.db)
  assert.deepEqual([claim_days, claims_per_address, claims_per_email], [8, 11, 5])
})

/** The numbers of a room, as a browser sends them. */
function numbersOf(rules: Settings): Record<string, string> {
  const numbers = settingsIn('guests').filter(key => typeof rules[key] === 'number')
  return { guest_reports: '1', ...Object.fromEntries(numbers.map(key => [key, String(rules[key])])) }
}

forumOnBothDatabases('choices are kept, and numbers change what people may do', async forum => {
  const admin = await forum.asAdmin()
  await admin.get('/admin/settings/accounts')
  await admin.press('Save settings', { registration: 'Closed', password_min_length: 12 })
  const { registration, password_min_length } = await settings(forum.db)
  assert.deepEqual([registration, password_min_length], ['closed', 12])
  assert.match((await forum.asGuest().get('/register/')).text, /no new members/)
  await admin.get('/admin/settings/accounts')
  assert.equal(admin.page.form('Save settings').value('registration'), 'closed')
  await admin.press('Save settings', { registration: 'open' })
  assert.equal((await settings(forum.db)).registration, 'open')
})

forumOnBothDatabases('a wrong value is told next to its field, and nothing typed is lost or saved', async forum => {
  const admin = await forum.asAdmin()
  await admin.get('/admin/settings/guests')
  const wrong = { claim_days: 'soon', claims_per_address: '0', claim_repeat_minutes: '15' }
  const page = await admin.press('Save settings', wrong)
  assert.equal(page.status, 422)
  const form = page.form('Save settings')
  assert.deepEqual(Object.fromEntries(Object.keys(wrong).map(name => [name, form.value(name)])), wrong)
  for (const name of ['claim_days', 'claims_per_address']) {
    assert.equal(page.attribute(`[name=${name}]`, 'aria-invalid'), 'true')
    assert.match(page.texts(`#field-${name}-error`).join(), /whole number within the range below/)
    assert.equal(page.link(`.notice.danger a[href="#field-${name}"]`), `#field-${name}`)
  }
  assert.equal(page.attribute('[name=claim_repeat_minutes]', 'aria-invalid'), undefined)
  const { claim_days, claims_per_address, claim_repeat_minutes } = await settings(forum.db)
  assert.deepEqual([claim_days, claims_per_address, claim_repeat_minutes], [7, 20, 10])
})

const badValues = {
  forum_name: ['', '   ', 'x'.repeat(61)],
  base_url: [
    'forum.example.org',
    'ftp://x.org',
    'https://x.org/path',
    'https://u@x.org',
    'javascript:alert(1)',
    'https://',
  ],
  time_zone: ['Mars/Olympus', ''],
  forum_description: ['x'.repeat(301)],
}
const goodValues = { base_url: ['', 'http://localhost:3000', 'https://[2001:db8::1]:8443', ' https://x.org '] }

forumOnBothDatabases('names and addresses are taken only when they make sense', async forum => {
  const admin = await forum.asAdmin()
  const fields = { forum_name: 'The Porch', forum_description: '', base_url: '', time_zone: 'UTC' }
  for (const [name, values] of Object.entries(badValues)) {
    for (const value of values) {
      const page = await admin.post('/admin/settings/general', { ...fields, [name]: value })
      assert.equal(page.status, 422, `${name}: ${value}`)
      assert.equal(page.count('[role=alert] li'), 1, `${name}: ${value}`)
    }
  }
  for (const value of goodValues.base_url) {
    assert.equal((await admin.post('/admin/settings/general', { ...fields, base_url: value })).status, 200, value)
  }
  assert.equal((await settings(forum.db)).base_url, 'https://x.org')
  assert.equal((await admin.post('/admin/settings/general', {})).status, 422)
  assert.equal(
    (await admin.post('/admin/settings/reading', { posts_per_page: ['5', '6'], topics_per_page: '1e2' })).status,
    422,
  )
  for (const naughty of ['<script>alert(1)</script>', '‮porch', '👩‍👩‍👧', "'; drop table settings; --"]) {
    const page = await admin.post('/admin/settings/general', { ...fields, forum_name: naughty })
    assert.equal(page.form('Save settings').value('forum_name'), naughty)
    assert.equal(page.has('title script, .brand script'), false)
  }
})

forumOnBothDatabases(
  'the page says when the environment outranks the address',
  async forum => {
    const admin = await forum.asAdmin({ host: 'porch.example.org' })
    const page = await admin.get('/admin/settings')
    assert.match(page.text, /BASE_URL in the environment says http:\/\/porch\.example\.org, and that counts\./)
  },
  { config: { baseUrl: 'http://porch.example.org' } },
)
