import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeForums, makeReply, makeTopic, textBy } from '../features/posts/world.ts'
import { appoint } from '../features/topics/world.ts'
import { openPage, testForum } from '../support/index.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }

test('a moderator merges two topics on a phone, and cleans up after a spammer and takes it back', async t => {
  const forum = await testForum(t)
  const { db } = forum
  const [here = 0] = await makeForums(db, 1)
  const [bea, mia, spammer] = [await forum.member('Bea'), await forum.member('Mia'), await forum.member('Selma')]
  await appoint(db, mia.id, 0)
  const { topicId: old } = await makeTopic(db, here, bea.id, 'Owls of Athens')
  const { topicId: doubled } = await makeTopic(db, here, bea.id, 'Owls again')
  await makeReply(db, doubled, bea.id, textBy(bea.id, 'They came back'))
  for (let n = 1; n <= 3; n++) await makeReply(db, old, spammer.id, textBy(spammer.id, `Cheap pills No. ${n}`))
  const page = await openPage(t, { baseURL: forum.url, ...phone })
  const main = page.locator('main')
  page.setDefaultTimeout(5000)
  const fits = async () => assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390)
  await page.goto('/login/')
  await page.fill('main [name=login]', mia.name)
  await page.fill('main [name=password]', mia.password)
  await Promise.all([page.waitForURL('/'), page.press('main [name=password]', 'Enter')])

  await page.goto(`/forum/${here}/`)
  for (const id of [old, doubled]) await page.locator(`input[name=topic][value="${id}"]`).check()
  await page.selectOption('select[name=act]', 'merge')
  await page.locator('[data-select-bar] button[name=go]').tap()
  await main.getByText('Merge 2 topics').waitFor()
  await fits()
  await page.selectOption('[name=keep]', String(old))
  await main.locator('form:has([name=keep]) .button.primary').tap()
  await page.getByText('The topic was merged.').waitFor()
  await page.goto(`/topic/${doubled}/`)
  await main.getByText('They came back').waitFor()
  assert.match(page.url(), new RegExp(`/topic/${old}-`))

  await page.goto(`/profile/${spammer.id}/`)
  await main.locator('.head-acts summary').tap()
  await main.locator(`a[href^="/modcp/members/${spammer.id}"]`).tap()
  await main.locator('a[href$="/clean"]').tap()
  await main.getByText('3 replies').waitFor()
  await fits()
  await page.fill('main [name=reason]', 'Advertising')
  await main.locator('.button.danger.solid').tap()
  await page.getByText('Selma was banned, and 3 items are out of sight.').waitFor()
  const guest = forum.asGuest()
  assert.doesNotMatch((await guest.get(`/topic/${old}/`)).text, /Cheap pills/)
  await page.locator('.notices .notice:has-text("Selma was banned") [action="/modcp/undo/"] button').tap()
  await page.getByText('4 acts were undone.').waitFor()
  assert.match((await guest.get(`/topic/${old}/`)).text, /Cheap pills/)
})
