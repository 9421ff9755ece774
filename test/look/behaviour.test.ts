import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openPage } from '../support/index.ts'
import { type Site, serveStyleguide } from './site.ts'

type Visit = (page: Page, site: Site) => Promise<void>

/** One test in a real browser, on the styleguide. */
function inBrowser(name: string, visit: Visit): void {
  test(name, async t => {
    const site = await serveStyleguide(t)
    const page = await openPage(t)
    await page.goto(`${site.origin}/styleguide`)
    await visit(page, site)
  })
}

inBrowser('a menu opens, takes arrow keys, and closes by Escape or a click elsewhere', async page => {
  const menu = page.locator('#post-2 details.menu')
  await menu.locator('summary').focus()
  await page.keyboard.press('ArrowDown')
  assert.equal(await focusedText(page), 'Edit')
  await page.keyboard.press('End')
  assert.equal(await focusedText(page), 'Delete')
  await page.keyboard.press('ArrowDown')
  assert.equal(await focusedText(page), 'Edit')
  await page.keyboard.press('Escape')
  assert.equal(await menu.getAttribute('open'), null)
  assert.equal(await page.evaluate('document.activeElement.localName'), 'summary')

  await menu.locator('summary').click()
  await page.locator('#posts-title').click()
  assert.equal(await menu.getAttribute('open'), null)
})

inBrowser('times become local and relative, and say the moment when asked', async page => {
  const time = page.locator('#text time').first()
  assert.equal(await time.textContent(), '4 minutes ago')
  assert.match((await time.getAttribute('title')) ?? '', /\d{4}.*\d:\d\d/)
  assert.match((await page.locator('.foot').textContent()) ?? '', /All times are in your time zone/)
})

inBrowser('checked rows are counted, Shift takes all between, and the bar goes with the last', async page => {
  const boxes = page.locator('#topics input[data-select]')
  const bar = page.locator('#sample-select')
  assert.equal(await bar.isVisible(), false)
  await boxes.nth(0).click()
  await boxes.nth(3).click({ modifiers: ['Shift'] })
  assert.equal(await bar.locator('.select-count').textContent(), '4 selected')
  await bar.getByRole('button', { name: 'Select all' }).click()
  assert.equal(await bar.locator('.select-count').textContent(), '5 selected')
  await bar.getByRole('button', { name: 'Select all' }).click()
  await boxes.nth(0).click()
  await boxes.nth(0).click()
  assert.equal(await bar.isVisible(), false)
})

inBrowser('what destroys is asked about first, and sent only after a yes', async (page, { posted }) => {
  const erase = page.locator('#menus button.danger', { hasText: 'Erase for good' })
  await erase.click()
  const dialog = page.locator('#confirm')
  assert.match((await dialog.textContent()) ?? '', /Erase this post for good\?/)
  await page.keyboard.press('Escape')
  assert.equal(await dialog.isVisible(), false)
  assert.deepEqual(posted, [])

  await erase.click()
  await Promise.all([page.waitForURL('**/styleguide'), dialog.getByRole('button', { name: 'Erase for good' }).click()])
  assert.equal(posted.length, 1)
})

inBrowser('the checked rows and the act arrive together', async (page, { posted }) => {
  await page.locator('#topics input[data-select]').nth(1).check()
  await Promise.all([page.waitForEvent('load'), page.locator('#sample-select button[value=lock]').click()])
  assert.deepEqual(posted, [{ path: '/styleguide', body: 'topics=2&act=lock' }])
})

inBrowser('the theme changes at once and is sent to be remembered', async (page, { posted }) => {
  const answered = page.waitForResponse('**/preferences/theme')
  await page.getByRole('button', { name: 'Dark' }).click()
  assert.equal(await page.evaluate('document.documentElement.dataset.theme'), 'dark')
  await answered
  assert.match(posted[0]?.body ?? '', /theme=dark/)
  await page.getByRole('button', { name: 'Dark', pressed: true }).waitFor()
})

inBrowser('a notice that stays is dismissed without a new page', async (page, { posted }) => {
  const answered = page.waitForResponse('**/notices/dismiss')
  await page.locator('.notices .notice button[aria-label="Dismiss"]').click()
  await answered
  await page.locator('.notices').waitFor({ state: 'detached' })
  assert.match(posted[0]?.body ?? '', /id=n1/)
})

inBrowser('the sheet shares the post it was opened from', async page => {
  await page.locator('#post-3 [data-share]').click()
  const sheet = page.locator('#share')
  assert.match(await sheet.locator('input').inputValue(), /^http.*\/post\/3$/)
  assert.match((await sheet.getByRole('link', { name: 'Reddit' }).getAttribute('href')) ?? '', /%2Fpost%2F3&/)
  await page.keyboard.press('Escape')
  await page.locator('#post-2 [data-share]').click()
  assert.match((await sheet.getByRole('link', { name: 'Reddit' }).getAttribute('href')) ?? '', /%2Fpost%2F2&/)
})

inBrowser('letters move between posts, never act in a field, and can be switched off for good', async page => {
  await page.locator('#post-1').focus()
  await page.keyboard.press('j')
  assert.equal(await page.evaluate('document.activeElement.id'), 'post-2')
  await page.keyboard.press('k')
  assert.equal(await page.evaluate('document.activeElement.id'), 'post-1')

  await page.locator('#field-name').focus()
  await page.keyboard.press('j')
  assert.match(await page.locator('#field-name').inputValue(), /j/)

  await page.locator('#post-1').focus()
  await page.keyboard.press('?')
  await page.getByRole('switch', { name: 'Use keyboard shortcuts' }).uncheck()
  await page.keyboard.press('Escape')
  await page.reload()
  await page.locator('#post-1').focus()
  await page.keyboard.press('j')
  assert.equal(await page.evaluate('document.activeElement.id'), 'post-1')
})

inBrowser('emoji are counted while one types, as a person counts them', async page => {
  const field = page.locator('#reply-body')
  await page.locator('#reply').getByRole('button', { name: 'Markdown' }).click()
  const notice = page.locator('#reply [data-emoji-status] .notice')
  await field.fill('🌵👨‍👩‍👧‍👦🇵🇹👍🏽❤️ and numbers 12345')
  assert.equal(await notice.isVisible(), false)
  await field.fill('🌵👨‍👩‍👧‍👦🇵🇹👍🏽❤️🌵')
  assert.match((await notice.textContent()) ?? '', /Only 5 emoji are allowed\. You have used 6\./)
})

inBrowser('a second click sends nothing', async (page, { posted }) => {
  const click = "document.querySelector('#fields button.primary').click()"
  await Promise.all([page.waitForEvent('load'), page.evaluate(`${click}; ${click}`)])
  assert.equal(posted.length, 1)
  await page.goBack()
  assert.equal(await page.locator('#fields button.primary').getAttribute('aria-disabled'), null)
  await Promise.all([page.waitForEvent('load'), page.locator('#fields button.primary').click()])
  assert.equal(posted.length, 2)
})

inBrowser('a password can be read while it is typed, and is sent as a password', async page => {
  const field = page.locator('#field-password')
  await page.locator('#fields button', { hasText: 'Show' }).click()
  assert.equal(await field.getAttribute('type'), 'text')
  await page.locator('#fields button', { hasText: 'Show' }).click()
  assert.equal(await field.getAttribute('type'), 'password')
})

function focusedText(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.textContent.trim()')
}
