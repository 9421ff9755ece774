import assert from 'node:assert/strict'
import { installPages } from '../../../src/features/pages/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'
import { publish, set } from './house.ts'

forumOnBothDatabases('a forum comes with texts that are true for it, linked at the foot of every page', async forum => {
  const guest = forum.asGuest()
  const index = await guest.get('/')
  assert.deepEqual(index.texts('footer a'), ['Guidelines', 'Terms', 'Privacy Policy', 'Contact us'])
  const page = await guest.click('Privacy Policy')
  assert.equal(page.h1, 'Privacy Policy')
  assert.match(page.text, /what The Porch stores about you/)
  assert.match(page.text, /90 days after they were stored/)
  assert.match(page.text, /Last changed on/)
  assert.deepEqual(page.texts('main h3'), [])
  assert.ok(page.count('main h2') > 5)
  assert.equal(page.attribute('link[rel=canonical]', 'href'), `${forum.url}/privacy/`)
  assert.equal((await guest.get('/guidelines/')).h1, 'Guidelines')
  for (const odd of [
    '/privacy/x',
    '/terms/?version=2',
    '/terms/?version=0',
    '/terms/?version=one',
    '/terms/?version=',
  ]) {
    assert.equal((await guest.get(odd)).status, 404, odd)
  }
  await set(forum.db, { forum_name: 'Bed & <b>', address_days: 30 })
  const renamed = await guest.get('/privacy/')
  assert.match(renamed.text, /what Bed & <b> stores about you/)
  assert.match(renamed.text, /30 days after/)
  await Promise.all([installPages(forum.db), installPages(forum.db)])
  const versions = await forum.db.selectFrom('page_versions').select('version').execute()
  assert.deepEqual(
    versions.map(({ version }) => version),
    [1, 1, 1],
  )
})

forumOnBothDatabases(
  'an administrator changes a text: looked at first, kept as a version, seen at once',
  async forum => {
    const guest = forum.asGuest()
    const before = await guest.get('/terms/')
    const again = await guest.agent.get('/terms/').set('If-None-Match', before.headers.etag ?? '')
    assert.equal(again.status, 304)
    const ada = await forum.asAdmin()
    await ada.get('/admin/pages')
    const form = await ada.click('Terms')
    const old = form.form('Save').value('body')
    assert.match(old, /^These terms are between you and the people who run \{forum\}/)
    const body =
      'We, {forum}, wrote **this**. {nothing}\n\n## A part\n\n<script>alert(1)</script> <b onclick="x()">x</b> [y](javascript:alert(1))'
    const preview = await ada.press('Preview', { body })
    assert.match(preview.texts('section.accent').join(), /We, The Porch, wrote this\. \{nothing\}/)
    assert.match((await guest.get('/terms/')).text, /between you and the people/)
    const empty = await ada.press('Save', { body: ' ' })
    assert.equal(empty.status, 422)
    const saved = await ada.press('Save', { body })
    assert.match(saved.text, /The text is saved\./)
    assert.deepEqual(saved.texts('main th a'), ['Version 2', 'Version 1'])
    await ada.press('Save', {})
    assert.deepEqual(ada.page.texts('main th a'), ['Version 2', 'Version 1'])

    const page = await guest.get('/terms/')
    assert.match(page.text, /Version 2 · Last changed on/)
    assert.equal(page.has('main strong'), true)
    assert.deepEqual(page.texts('main .prose h2'), ['A part'])
    assert.equal(page.has('main script, main [onclick], main a[href^=javascript]'), false)
    const first = await guest.click('Version 1')
    assert.equal(first.url, '/terms/?version=1')
    assert.match(first.text, /This is not the version that is in force\./)
    assert.match(first.text, /between you and the people who run The Porch/)
    assert.match((await guest.click('See the newest')).text, /We, The Porch, wrote this/)
    assert.equal((await guest.get('/privacy/?version=9')).status, 200)
    assert.match((await ada.get('/admin/pages/terms/1')).text, /between you and the people/)
    for (const odd of [
      '/admin/pages/terms/9',
      '/admin/pages/terms/x',
      '/admin/pages/contact',
      '/admin/pages/imprint',
    ]) {
      assert.equal((await ada.get(odd)).status, 404, odd)
    }
  },
)

forumOnBothDatabases('of two administrators who write at once neither loses a text', async forum => {
  const ada = await forum.asAdmin()
  const bob = await forum.asMember('Bob', { group: 'Administrators' })
  for (const one of [ada, bob]) await one.get('/admin/pages/guidelines')
  await ada.press('Save', { body: 'By Ada' })
  const told = await bob.press('Save', { body: 'By Bob' })
  assert.equal(told.status, 409)
  assert.match(told.text, /Ada has saved another text since you began/)
  assert.equal(told.form('Save').value('body'), 'By Bob')
  assert.match((await forum.asGuest().get('/guidelines/')).text, /By Ada/)
  await bob.press('Save')
  assert.match((await forum.asGuest().get('/guidelines/')).text, /By Bob/)
  assert.deepEqual(bob.page.texts('main tbody tr').length, 3)
  assert.match((await bob.get('/admin/pages/guidelines/2')).text, /By Ada/)
})

forumOnBothDatabases(
  'a page that is switched off is not linked and not there, until it is switched on',
  async forum => {
    const guest = forum.asGuest()
    const ada = await forum.asAdmin()
    for (const [path, name] of [
      ['terms', 'Terms'],
      ['contact', 'Contact us'],
    ] as const) {
      await guest.get('/')
      assert.ok(guest.page.texts('footer a').includes(name))
      assert.equal((await guest.get(`/${path}/`)).status, 200)
      await ada.get('/admin/pages')
      await ada.press(`Switch ${name} off`)
      assert.equal((await guest.get(`/${path}/`)).status, 404)
      assert.equal((await guest.get('/')).texts('footer a').includes(name), false)
    }
    assert.equal((await guest.get('/terms/?version=1')).status, 404)
    assert.equal(
      (await guest.post('/contact/', { name: 'Eve', email: 'e@example.org', subject: 'S', text: 'T' })).status,
      404,
    )
    assert.equal((await guest.get('/contact/sent/')).status, 404)
    await publish(forum, 'terms', 'Written while off', true)
    assert.equal((await (await forum.asMember('Bea')).get('/')).url, '/')
    await ada.get('/admin/pages')
    await ada.press('Switch Terms on')
    assert.match((await guest.get('/terms/')).text, /Written while off/)
  },
)
