import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openPage, testForum } from '../../support/index.ts'
import { beginsToWrite } from './hands.ts'

const everything = [
  'Words in **bold**, _italics_, ++underlined++, ~~struck~~, ||hidden||, `code` and [a link](https://example.org/a).\nA line.',
  '## Large\n\n### Small',
  '- one\n  - two\n- [ ] to do\n- [x] done\n\n3. three\n4. four',
  '> [Ada wrote:](/post/1)\n>\n> Her words\n>\n> > in turn',
  '||\nHidden\n\nparagraphs\n||',
  '```js\nconst a = 1 < 2\n```',
  '| plant | litres |\n| --- | --: |\n| fig | **40** |',
  '---',
  'https://example.org/shown',
  'The end',
].join('\n\n')

test('a guest writes a formatted reply, registers, and it is published as it was written', async t => {
  const forum = await testForum(t)
  const page = await openPage(t)
  const asked: string[] = []
  page.on('request', request => asked.push(new URL(request.url()).pathname))
  await page.goto(`${forum.url}/topic/1/`, { waitUntil: 'networkidle' })
  assert.ok(!asked.some(path => /rich-editor|compose/.test(path)), asked.join())
  await beginsToWrite(page)
  assert.equal(await page.evaluate('document.activeElement.className.includes("rich")'), true)
  await page.keyboard.type('Water **early** and ++never++ late, see https://example.org/figs for')
  await page.keyboard.press('Enter')
  await page.keyboard.type('- figs\n[x] olives\n\n# Later\n')
  await page.keyboard.type('```js const a = 1')
  await page.getByLabel('Language').selectOption('ts')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/\/claim\/[\w-]{43}$/)
  await page.getByLabel('Display Name', { exact: true }).fill('Nora Fields')
  await page.getByLabel('Email Address', { exact: true }).fill('nora@example.org')
  await page.locator('#register-password').fill('seven walruses in the attic')
  await page.getByLabel(/^I accept the Terms/).check()
  await page.getByRole('button', { name: 'Register and publish' }).click()
  await page.waitForURL(/#post-2$/)
  const post = await forum.db.selectFrom('posts').select('html').where('id', '=', 2).executeTakeFirst()
  assert.equal(
    post?.html,
    '<p>Water <strong>early</strong> and <u>never</u> late, see ' +
      '<a href="https://example.org/figs" rel="ugc nofollow noopener">https://example.org/figs</a> for</p>' +
      '<ul><li>figs</li><li class="task"><label><input type="checkbox" disabled checked>olives</label></li></ul>' +
      '<h3>Later</h3><pre data-language="TypeScript"><code class="language-ts"><span class="code-word">const</span> a = ' +
      '<span class="code-value">1</span></code></pre>',
  )
  await memberEdits(page, forum.url)
})

/** Everything a text may hold goes through the editor and comes out as it was. */
async function memberEdits(page: Page, url: string): Promise<void> {
  await page.evaluate("localStorage.setItem('stoa-editor', 'plain')")
  await page.goto(`${url}/post/2/edit`)
  await page.locator('textarea').fill(everything)
  await page.getByRole('button', { name: 'Rich text' }).click()
  await page.locator('.rich').waitFor()
  assert.equal(await page.locator('.rich :is(table, details, blockquote blockquote, h4, pre, hr)').count(), 6)
  await page.locator('.rich > p', { hasText: 'The end' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type('!')
  await page.getByRole('button', { name: 'Markdown' }).click()
  await page.locator('textarea').waitFor()
  assert.equal(await page.locator('textarea').inputValue(), `${everything}!`)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.waitForURL(/#post-2$/)
  await page.goto(`${url}/post/2/edit`)
  await page.locator('textarea').click()
  assert.equal(await page.locator('[data-modes] [aria-pressed=true]').innerText(), 'Markdown')
  assert.equal(await page.locator('.rich').count(), 0)
  await page.getByRole('button', { name: 'Rich text' }).click()
  await page.locator('.rich h3').click()
  await page.keyboard.press('End')
  await page.keyboard.type(' on')
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.locator('#preview h3', { hasText: 'Large on' }).waitFor()
  await page.locator('.rich h3', { hasText: 'Large on' }).waitFor()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.waitForURL(/#post-2$/)
  assert.equal(await page.locator('#post-2 .prose h3').innerText(), 'Large on')
}
