import assert from 'node:assert/strict'
import { setupLink } from '../../../src/features/accounts/index.ts'
import { memberById } from '../../../src/features/members/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { addMember, goodPassword, set } from './accounts.ts'
import { smallForum } from './small-forum.ts'

onBothDatabases('somebody registers and is signed in at once', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const visitor = forum.visit()
  const page = await visitor.get('/register/?return=/elsewhere')
  assert.equal(page.attribute('meta[name=robots]', 'content'), 'noindex')
  assert.equal(page.attribute('#field-password', 'autocomplete'), 'new-password')
  const wrong = await visitor.press('Register', { name: 'admin', email: 'nora', password: 'short' })
  assert.equal(wrong.status, 422)
  assert.equal(wrong.count('[role=alert] li'), 3)
  assert.equal(wrong.form('Register').value('email'), 'nora')
  await visitor.press('Register', { name: 'Nora Fields', email: 'nora@example.org', password: goodPassword })
  assert.equal(JSON.parse(visitor.page.html).at, '/elsewhere')
  assert.match((await visitor.get('/account/')).text, /Welcome, Nora Fields!/)
  assert.equal(JSON.parse((await visitor.get('/register/')).html).at, '/')
})

onBothDatabases('a closed registration says so', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await set(db, { registration: 'closed' })
  assert.match((await forum.visit().get('/register/')).text, /no new members/)
  const fields = { name: 'Nora Fields', email: 'nora@example.org', password: goodPassword }
  assert.equal((await forum.visit().post('/register/', fields)).status, 403)
  assert.ok(!(await forum.visit().get('/login/')).has('main a[href^="/register/"]'))
})

onBothDatabases('a member chooses language, time zone and theme', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { id } = await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  assert.equal((await visitor.get('/account/')).url, '/login/?return=%2Faccount%2F')
  await visitor.press('Sign In', { login: 'Nora Fields', password: goodPassword })
  assert.equal(visitor.page.h1, 'Your account')
  const page = await visitor.press('Save', { Language: 'English', 'Time zone': 'Europe/Athens', theme: 'dark' })
  assert.match(page.text, /Saved\./)
  assert.equal(page.attribute('html', 'data-theme'), 'dark')
  assert.equal(page.form('Save').value('time_zone'), 'Europe/Athens')
  const { locale, time_zone, theme } = (await memberById(db, id)) ?? {}
  assert.deepEqual({ locale, time_zone, theme }, { locale: 'en', time_zone: 'Europe/Athens', theme: 'dark' })
  await visitor.press('Save', { locale: '', time_zone: '', theme: '' })
  assert.equal((await memberById(db, id))?.time_zone, null)
  const wrong = await visitor.post('/account/', { locale: 'tlh', time_zone: 'Mars/Olympus', theme: 'x' })
  assert.equal(wrong.status, 422)
})

onBothDatabases('the theme is a guest’s choice too', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { id } = await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await visitor.post('/preferences/theme', { theme: 'dark', back: '/login/' })
  assert.equal(visitor.page.attribute('html', 'data-theme'), 'dark')
  assert.equal(visitor.cookie('stoa_session'), undefined)
  await visitor.press('Sign In', { login: 'Nora Fields', password: goodPassword })
  await visitor.post('/preferences/theme', { theme: 'light', back: '/account/' })
  assert.equal(visitor.page.attribute('html', 'data-theme'), 'light')
  assert.equal((await memberById(db, id))?.theme, 'light')
  await visitor.post('/preferences/theme', { theme: 'system', back: '/account/' })
  assert.equal(visitor.page.attribute('html', 'data-theme'), undefined)
  assert.equal(visitor.cookie('stoa_theme'), undefined)
})

onBothDatabases('a profile has one address, and shows who it is', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { id } = await addMember(forum, 'Nöra & <b>')
  const visitor = forum.visit()
  const page = await visitor.get(`/profile/${id}`)
  assert.equal(page.status, 200)
  assert.equal(visitor.redirects[0]?.status, 301)
  assert.equal(page.h1, 'Nöra & <b>')
  assert.match(page.text, /Members/)
  for (const path of [`/profile/${id}-wrong/`, `/profile/${id}-`, `/profile/${id}/`]) {
    const { status, headers } = await visitor.agent.get(path).redirects(0)
    assert.deepEqual([status, headers['cache-control'], headers.location], [301, 'no-cache', page.url], path)
  }
  for (const path of [
    '/profile/0',
    '/profile/999999',
    '/profile/abc',
    '/profile/99999999999999',
    '/profile/-1',
    '/profile/1e3',
  ]) {
    assert.equal((await visitor.get(path)).status, 404, path)
  }
})

onBothDatabases('the set-up page makes the forum its administrator’s, once', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const link = new URL((await setupLink(db, 'http://localhost')) ?? '')
  const visitor = forum.visit()
  for (const path of ['/setup/', '/setup/?token=', `/setup/?token=${'A'.repeat(43)}`, '/setup/?token=a&token=b']) {
    assert.equal((await visitor.get(path)).status, 404, path)
    assert.equal((await visitor.post(path, { name: 'x' })).status, 404, path)
  }
  const page = await visitor.get(link.pathname + link.search)
  assert.equal(page.headers['cache-control'], 'no-store')
  assert.equal(page.attribute('meta[name=robots]', 'content'), 'noindex')
  const form = page.form('Create the forum')
  assert.equal(form.value('Public address'), visitor.url)
  assert.equal(form.isTicked('Add sample content'), true)
  const wrong = await visitor.press('Create the forum', {
    forum_name: 'The Porch',
    name: 'Ada',
    email: 'ada',
    password: 'x',
  })
  assert.equal(wrong.status, 422)
  assert.equal(wrong.form('Create the forum').value('forum_name'), 'The Porch')
  await visitor.press('Create the forum', { email: 'ada@example.org', password: goodPassword })
  assert.equal(JSON.parse(visitor.page.html).member, 'Ada')
  assert.deepEqual(forum.asked, ['welcome for 1', 'sample'])
  assert.match((await visitor.get('/account/')).text, /Your forum is ready/)
  assert.match(visitor.page.text, /Administrators/)
  assert.equal((await forum.visit().get(link.pathname + link.search)).status, 404)
})
