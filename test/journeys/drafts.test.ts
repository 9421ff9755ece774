import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openPage, type TestForum, testForum } from '../support/index.ts'
import { beginsToWrite, rich, signIn } from './editor/hands.ts'

const restored = 'text-editor [data-restored]'
const both = 'text-editor [data-both]'
const field = 'text-editor textarea'

/** A browser whose clock can be put forward. */
async function browser(t: TestContext, mode: 'rich' | 'plain' = 'plain'): Promise<Page> {
  const page = await openPage(t)
  page.setDefaultTimeout(8000)
  await page.addInitScript(`localStorage.setItem('stoa-editor', '${mode}')`)
  await page.clock.install()
  return page
}

/** Waits as somebody does who thinks for a moment, until what they typed is saved. */
async function pauses(page: Page, isOnServer = false): Promise<void> {
  const saved = isOnServer ? page.waitForResponse(/\/drafts\/typed$/) : Promise.resolve()
  await page.clock.runFor(1000)
  await saved
}

function keptIn(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    "Object.entries(localStorage).filter(([key]) => /draft|writer/.test(key)).map(entry => entry.join(' '))",
  )
}

function drafts(forum: TestForum) {
  return forum.db.selectFrom('drafts').select(['place', 'body']).orderBy('id').execute()
}

test('what a guest types comes back, is cleared, brought back, and gone once it is sent', async t => {
  const forum = await testForum(t)
  const page = await browser(t, 'rich')
  const topic = `${forum.url}/topic/1/`
  await page.goto(topic)
  await beginsToWrite(page)
  await page.keyboard.type('Figs like **lime**')
  await pauses(page)
  assert.equal((await keptIn(page)).length, 1)
  await page.keyboard.type(' and sun')
  await page.goto(`${forum.url}/`)
  await page.goto(topic)
  await page.locator(restored).waitFor()
  assert.equal(await page.locator(field).inputValue(), 'Figs like **lime** and sun')
  assert.equal(await page.locator('.rich').count(), 0)

  await page.getByRole('button', { name: 'Clear editor' }).click()
  assert.deepEqual(await keptIn(page), [])
  await page.getByRole('button', { name: 'Bring it back' }).click()
  await page.locator('.rich').waitFor()
  assert.equal(await rich(page), '<p>Figs like <strong>lime</strong> and sun</p>')
  await page.keyboard.press('Control+End')
  await page.keyboard.type('!')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/\/claim\//)
  assert.deepEqual(await keptIn(page), [])
  await page.goto(topic)
  assert.equal(await page.locator(field).inputValue(), '')
})

test('what a member types on one device goes on on another, where two texts differ both are offered', async t => {
  const forum = await testForum(t)
  const bea = await forum.member('Bea')
  const [home, phone] = [await browser(t), await browser(t)]
  for (const page of [home, phone]) await signIn(page, forum.url, bea)
  const form = `${forum.url}/forum/2/new-topic`
  await home.goto(form)
  await home.getByLabel('Title').fill('Olives')
  await home.locator(field).fill('They need a winter.')
  await pauses(home, true)
  await phone.goto(form)
  await phone.locator(restored).waitFor()
  assert.equal(await phone.getByLabel('Title').inputValue(), 'Olives')
  await phone.locator(field).fill('Short.')
  await pauses(phone, true)

  await home.locator(field).fill('They need a winter, a long one.')
  await pauses(home, true)
  await home.locator(both).waitFor()
  assert.match(await home.locator(both).innerText(), /31 characters[\s\S]*6 characters[\s\S]*Short\./)
  assert.deepEqual(await drafts(forum), [{ place: 'forum:2', body: 'Short.' }])
  await home.reload()
  await home.locator(both).waitFor()
  const chosen = home.waitForResponse(/\/drafts\/typed$/)
  await home.getByRole('button', { name: 'Keep the one above' }).click()
  await chosen
  assert.deepEqual(await drafts(forum), [{ place: 'forum:2', body: 'They need a winter, a long one.' }])

  await phone.reload()
  await phone.locator(both).waitFor()
  await phone.getByRole('button', { name: 'Use this instead' }).click()
  assert.equal(await phone.locator(field).inputValue(), 'Short.')
  await home.getByRole('button', { name: 'Submit Topic' }).last().click()
  await home.waitForURL(/\/topic\/2/)
  assert.equal((await keptIn(home)).filter(entry => entry.includes('draft')).length, 0)
  await edits(home, `${forum.url}/post/2/edit`)
})

/** What is typed over a post's text comes back over it; cleared, the post's own text stands there again. */
async function edits(page: Page, form: string): Promise<void> {
  await page.goto(form)
  await page.locator(field).fill('They need two winters.')
  await pauses(page, true)
  await page.goto(new URL('/', form).href)
  await page.goto(form)
  await page.locator(restored).waitFor()
  assert.equal(await page.locator(field).inputValue(), 'They need two winters.')
  const cleared = page.waitForResponse(/\/drafts\/cleared$/)
  await page.getByRole('button', { name: 'Clear editor' }).click()
  assert.equal(await page.locator(field).inputValue(), 'They need a winter, a long one.')
  await cleared
  await page.goto(form)
  assert.equal(await page.locator(field).inputValue(), 'They need a winter, a long one.')
}

test('signing out leaves nothing in the browser, and what was typed as a guest comes along when signing in', async t => {
  const forum = await testForum(t)
  const bea = await forum.member('Bea')
  const page = await browser(t)
  const topic = `${forum.url}/topic/1/`
  await page.goto(topic)
  await page.locator(field).fill('Before I signed in')
  await signIn(page, forum.url, bea)
  await page.goto(topic)
  await page.locator(restored).waitFor()
  await page.locator('[data-gather]').first().click()
  await page.locator('[data-gathered]').waitFor()
  const gathered = () => page.evaluate(() => Object.keys(sessionStorage).filter(key => key.startsWith('stoa-gathered')))
  assert.equal((await gathered()).length, 1)
  const tab = await page.context().newPage()
  await tab.goto(topic)
  await tab.locator(field).fill('Before I signed in, and in another tab')
  await page.locator(field).fill('Before I signed in, and after')
  await page.locator('summary', { hasText: 'Bea' }).click()
  await page.getByRole('button', { name: 'Sign Out' }).click()
  await page.getByRole('link', { name: 'Sign In' }).waitFor()
  await tab.goto(`${forum.url}/`)
  assert.deepEqual(await keptIn(page), [])
  assert.deepEqual(await gathered(), [])
  assert.match(JSON.stringify(await drafts(forum)), /^\[\{"place":"topic:1","body":"Before I signed in, and/)
  await signIn(page, forum.url, await forum.member('Carl'))
  await page.goto(topic)
  assert.equal(await page.locator(field).inputValue(), '')
})
