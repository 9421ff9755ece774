import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openPage, type TestForum, testForum } from '../../support/index.ts'
import { beginsToWrite, pastes, rich } from './hands.ts'

const plan =
  '<h3>Watering plan</h3><p>Water <strong>early</strong>, <em>never</em> at <u>noon</u>, and <s>always</s> ' +
  '<a href="https://example.org/figs">read this</a>.</p>' +
  '<ul><li><p>Figs</p><ul><li><p>the black ones</p></li></ul></li><li><p>Olives</p></li></ul>' +
  '<ol><li><p>Dig</p></li><li><p>Plant</p></li></ol>' +
  '<table><tbody><tr><th>Plant</th><th>Litres</th></tr><tr><td>Fig</td><td>40</td></tr></tbody></table>'

/** What programs put on the clipboard, and what has to come of it. */
const clipboards: Readonly<Record<string, string>> = {
  word: plan,
  'google-docs': plan,
  libreoffice: plan,
  'web-page': plan,
  'code-editor': '<pre><code>const litres = [\n  40,\n\n]</code></pre>',
}

function copiedFrom(program: string): string {
  return readFileSync(join(import.meta.dirname, 'clipboards', `${program}.txt`), 'utf8')
}

async function clears(page: Page): Promise<void> {
  await page.locator('.rich').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.locator('.rich .is-editor-empty').waitFor()
}

test('what is pasted comes in clean, or plain, or not at all, and says so', async t => {
  const forum = await testForum(t)
  const page = await openPage(t, { expectErrors: /status of 404/ })
  await page.goto(`${forum.url}/topic/1/`)
  await beginsToWrite(page)
  for (const [program, expected] of Object.entries(clipboards)) {
    await clears(page)
    await pastes(page, { 'text/html': copiedFrom(program), 'text/plain': 'whatever' })
    assert.equal(await rich(page), expected, program)
  }
  await turnsPlain(page)
  await pastesPlain(page)
  await pastesImages(page, forum)
  await usesTooManyEmoji(page)
})

/** Only that paste, though one has gone on writing; it can be undone, and done again. */
async function turnsPlain(page: Page): Promise<void> {
  const notice = page.locator('[data-said] .notice', { hasText: 'Pasted as rich text.' })
  await clears(page)
  await page.keyboard.type('Look: ')
  await pastes(page, { 'text/html': '<p>one <b>two</b></p><ul><li>three</li></ul>', 'text/plain': 'one two\n\nthree' })
  await page.keyboard.type(', four')
  const formatted = '<p>Look: one <strong>two</strong></p><ul><li><p>three, four</p></li></ul>'
  assert.equal(await rich(page), formatted)
  await notice.getByRole('button', { name: 'Paste as plain text instead' }).click()
  const plain = '<p>Look: one two</p><p>three, four</p>'
  assert.equal(await rich(page), plain)
  assert.equal(await notice.count(), 0)
  await page.keyboard.press('Control+z')
  assert.equal(await rich(page), formatted)
  await page.keyboard.press('Control+Shift+z')
  assert.equal(await rich(page), plain)
  await clears(page)
  await pastes(page, { 'text/html': '<i>x</i>', 'text/plain': 'x' })
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  assert.equal(await notice.count(), 0)
  assert.equal(await page.evaluate('document.activeElement.className.includes("rich")'), true)
}

async function pastesPlain(page: Page): Promise<void> {
  await clears(page)
  await pastes(page, { 'text/plain': 'One\r\nline\r\n\r\n\r\nTwo **not bold**\n' })
  assert.equal(await rich(page), '<p>One<br>line</p><p>Two **not bold**</p>')
  await clears(page)
  await pastes(page, {
    'text/html': '<div style="color:red">Just <span>words</span></div>',
    'text/plain': 'Just words',
  })
  assert.equal(await rich(page), '<p>Just words</p>')
  assert.equal(await page.locator('[data-said] .notice').count(), 0)
}

/** Nothing is asked for elsewhere, and what cannot be shown is counted. */
async function pastesImages(page: Page, forum: TestForum): Promise<void> {
  const notice = page.locator('[data-said] .notice', { hasText: 'You cannot paste images directly.' })
  await clears(page)
  await page.keyboard.type('A fig: ')
  await pastes(page, { image: 'fig.png' })
  assert.equal(await rich(page), '<p>A fig: </p>')
  await notice.getByRole('button', { name: 'Upload or insert images from URL.' }).click()
  await page.getByLabel('Address of the image').fill('fig.png')
  await page.keyboard.press('Enter')
  assert.equal(await page.getByLabel('Address of the image').getAttribute('aria-invalid'), 'true')
  await page.getByLabel('Address of the image').fill(`${forum.url}/fig.png`)
  await page.getByLabel('What it shows').fill('A ripe one')
  await page.keyboard.press('Enter')
  const image = page.locator('.rich .picture')
  await image.getByText('Image from 127.0.0.1').waitFor()
  assert.equal(await image.getByLabel('What it shows').inputValue(), 'A ripe one')
  assert.equal(await notice.count(), 0)
  await clears(page)
  await pastes(page, {
    'text/html':
      '<p>one <img src="data:image/png;base64,AA" alt="x"> two <img src="https://elsewhere.example/fig.png" alt="A fig">' +
      ' three <b><img src="file:///tmp/fig.png"></b></p>',
    'text/plain': 'one two three',
  })
  await notice.getByText('2 images were left out.').waitFor()
  assert.deepEqual(await image.locator('[data-host]').allInnerTexts(), ['Image from elsewhere.example'])
  assert.equal(await page.locator('.rich img[src]').count(), 0)
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  assert.equal(await notice.count(), 0)
}

/** Neither sent nor lost. */
async function usesTooManyEmoji(page: Page): Promise<void> {
  const notice = page.locator('[data-emoji-status] .notice', { hasText: 'Only 75 emoji are allowed.' })
  await clears(page)
  await page.keyboard.insertText('🌵'.repeat(75))
  assert.equal(await notice.isVisible(), false)
  await page.keyboard.insertText('👨‍👩‍👧')
  await notice.waitFor()
  await page.getByRole('button', { name: 'Submit Reply' }).click()
  await page.getByRole('button', { name: 'Markdown' }).click()
  await page.locator('textarea').waitFor()
  assert.equal((await page.locator('textarea').inputValue()).length, 75 * 2 + 8)
  assert.equal(await notice.isVisible(), true)
  await page.locator('textarea').fill('🌵')
  await page.getByRole('button', { name: 'Submit Reply' }).click()
  await page.waitForURL(/\/claim\//)
}
