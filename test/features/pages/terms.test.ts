import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../../support/index.ts'
import { acceptedBy, publish } from './house.ts'

const nora = { name: 'Nora Fields', email: 'nora@example.org', password: 'seven walruses in the attic' }

forumOnBothDatabases('whoever registers accepts the terms that they were shown', async forum => {
  const guest = forum.asGuest()
  const page = await guest.get('/register/?return=/guidelines/')
  assert.match(page.text, /I accept the Terms and have read the Privacy Policy/)
  for (const name of ['terms', 'privacy']) {
    assert.equal(page.attribute(`main label a[href="/${name}/"]`, 'target'), '_blank')
    assert.equal(page.attribute(`main label a[href="/${name}/"]`, 'rel'), 'noopener')
  }
  const refused = await guest.press('Register', nora)
  assert.equal(refused.status, 422)
  assert.match(refused.texts('[role=alert]').join(), /Tick the box/)
  assert.equal(refused.form('Register').value('name'), nora.name)
  assert.equal(refused.attribute('main a[href="#field-terms"]', 'href'), '#field-terms')

  await publish(forum, 'terms', 'Changed while somebody registers')
  const changed = await guest.press('Register', { password: nora.password, terms: true })
  assert.equal(changed.status, 422)
  assert.match(changed.text, /The Terms have changed since you opened this page/)
  assert.equal(changed.form('Register').isTicked('terms'), false)
  assert.equal((await guest.post('/register/', { ...nora, terms: '3' })).status, 422)
  await guest.get('/register/?return=/guidelines/')
  const there = await guest.press('Register', { ...nora, terms: true })
  assert.equal(there.url, '/guidelines/')
  assert.equal(await acceptedBy(forum.db, nora.name), 2)
  assert.equal(await acceptedBy(forum.db, 'Ada'), null)
})

forumOnBothDatabases('no tick is asked for terms that are switched off', async forum => {
  const ada = await forum.asAdmin()
  await ada.post('/admin/pages/terms/switch', { on: '' })
  const guest = forum.asGuest()
  const page = await guest.get('/register/')
  assert.equal(page.has('main input[name=terms]'), false)
  assert.match(page.text, /The Privacy Policy says what is stored about you\./)
  await guest.press('Register', nora)
  assert.match((await guest.get('/')).texts('header').join(), /Nora Fields/)
  assert.equal(await acceptedBy(forum.db, nora.name), null)
})

forumOnBothDatabases('a version that asks leads members to it from wherever they go, and back', async forum => {
  const bea = await forum.asMember('Bea')
  await bea.get('/topic/1/')
  await publish(forum, 'terms', 'A correction that asks nobody')
  assert.equal((await bea.get('/')).url, '/')
  assert.equal(await publish(forum, 'terms', 'The **great** change', true), 3)

  await bea.get('/forum/3-x/?page=1')
  assert.equal(bea.page.url, '/terms/accept/?return=%2Fforum%2F3-x%2F%3Fpage%3D1')
  assert.match(bea.page.text, /The great change/)
  for (const free of [
    '/terms/',
    '/terms/?version=2',
    '/privacy/',
    '/guidelines/',
    '/contact/',
    '/account/',
    '/account/data',
    '/account/delete',
  ]) {
    const { status, headers } = await bea.agent.get(free).redirects(0)
    assert.equal(status, 200, `${free} ${headers.location}`)
  }
  const picture = await bea.agent.get('/topic/1/').redirects(0).set('Sec-Fetch-Dest', 'image')
  assert.doesNotMatch(picture.headers.location ?? '', /accept/)

  const sent = await bea.post('/topic/1/reply', { body: 'Typed before', format: 'markdown' })
  assert.match(sent.url, /^\/terms\/accept\/\?return=/)
  assert.match((await forum.asGuest().get('/topic/1/')).text, /Typed before/)

  const tab = await bea.get('/forum/3-x/')
  await bea.press('I accept the Terms')
  assert.match(bea.page.url, /^\/forum\/3-/)
  assert.match(bea.page.text, /Thank you\. You have accepted the Terms\./)
  assert.equal(await acceptedBy(forum.db, 'Bea'), 3)
  const second = await tab.form('I accept the Terms').submit()
  assert.match(second.url, /^\/forum\/3-/)
  assert.equal((await bea.get('/terms/accept/?return=https://evil.example/')).url, '/')
})

forumOnBothDatabases('a new version asks again unless its editor says that it matters to nobody', async forum => {
  const [ada, bea] = [await forum.asAdmin(), await forum.asMember('Bea')]
  const small = { body: 'Smaller words', asks: false }
  await ada.get('/admin/pages/terms')
  await ada.press('Preview', small)
  assert.equal(ada.page.form('Save').isTicked('asks'), false)
  await ada.press('Save')
  assert.equal((await bea.get('/')).url, '/')
  await ada.get('/admin/pages/terms')
  await ada.press('Save', { body: 'A new version' })
  assert.match((await bea.get('/')).url, /^\/terms\/accept\//)
  assert.match(bea.page.text, /A new version/)
})

forumOnBothDatabases(
  'nobody accepts what they were not shown, and the editor need not accept their own',
  async forum => {
    const ada = await forum.asAdmin()
    await ada.get('/admin/pages/terms')
    await ada.press('Save', { asks: true })
    assert.equal((await ada.get('/admin/pages/terms')).url, '/admin/pages/terms')
    assert.deepEqual(ada.page.texts('main tbody tr td').at(-1), 'Everyone was asked to accept it')
    assert.equal(await acceptedBy(forum.db, 'Ada'), 1)

    const bea = await forum.asMember('Bea')
    assert.match(bea.page.url, /^\/terms\/accept\//)
    assert.match(bea.page.text, /You have not accepted any version of them yet/)
    await ada.press('Save', { body: 'Newer still', asks: true })
    const again = await bea.press('I accept the Terms')
    assert.equal(again.status, 409)
    assert.match(again.text, /They have changed once more[\s\S]*Newer still/)
    assert.equal(await acceptedBy(forum.db, 'Bea'), null)
    for (const version of ['', 'x', '99', '-1']) {
      assert.equal((await bea.post('/terms/accept/', { version })).status, 409, version)
    }
    await bea.get('/')
    const out = await bea.press('Do not accept, sign out')
    assert.equal(out.url, '/')
    assert.equal(out.has('header a[href^="/login/"]'), true)
    assert.equal((await bea.get('/terms/accept/')).url, '/terms/')
    assert.equal((await bea.post('/terms/accept/', { version: '2' })).status, 403)
    assert.equal(await acceptedBy(forum.db, 'Bea'), null)
  },
)
