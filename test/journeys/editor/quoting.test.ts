import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { makeReply } from '../../features/posts/world.ts'
import { openPage, testForum, untilTrue } from '../../support/index.ts'
import { rich } from './hands.ts'

const long = Array.from({ length: 30 }, (_, at) => `<p>Line ${at}</p>`).join('')

/** From one place in a text to another, as by mouse, finger or keys. */
async function selects(page: Page, css: string): Promise<void> {
  await page.evaluate(`getSelection().selectAllChildren(document.querySelector(${JSON.stringify(css)}))`)
}

test('a guest quotes what they select, and posts of two pages at once', async t => {
  const forum = await testForum(t)
  for (let n = 2; n <= 22; n++) {
    const quote = `<blockquote class="quote" data-post="1"><header><a href="/post/1">Ada wrote:</a></header>${long}</blockquote>`
    const html = n === 3 ? `${quote}<p>So it is</p>` : `<p>Reply <em>number ${n}</em></p><p>More</p>`
    await makeReply(forum.db, 1, null, { html })
  }
  const page = await openPage(t)
  const asked: string[] = []
  page.on('request', request => asked.push(new URL(request.url()).pathname))
  await page.goto(`${forum.url}/topic/1/`, { waitUntil: 'networkidle' })
  assert.equal(asked.filter(path => path.endsWith('.js')).length, 1, asked.join())

  const quoted = page.locator('#post-3 blockquote')
  const height = async () => (await quoted.boundingBox())?.height ?? 0
  assert.ok((await height()) < 300)
  await page.getByRole('button', { name: 'Show the whole quote' }).click()
  assert.ok((await height()) > 600)
  await page.getByRole('button', { name: 'Show less' }).click()
  assert.ok((await height()) < 300)

  await selects(page, '#post-2 em')
  await page.getByRole('button', { name: 'Quote this' }).click()
  await page.locator('.rich blockquote').waitFor()
  const attributed = (post: number, inside: string) =>
    `<blockquote class="quote" data-post="${post}"><header contenteditable="false"><a href="/post/${post}">Somebody wrote:</a></header><div>${inside}</div></blockquote>`
  assert.equal(await rich(page), attributed(2, '<p><em>number 2</em></p>'))
  await page.getByRole('button', { name: 'Quote this' }).waitFor({ state: 'detached' })
  await page.keyboard.type('Mine')

  const gather = page.locator('#post-4 [data-gather]')
  await gather.click()
  await page.locator('#post-5 [data-gather]').click()
  assert.equal(await gather.getAttribute('aria-pressed'), 'true')
  await gather.click()
  await page.getByRole('button', { name: 'Quote 1 post' }).waitFor()
  await page.goto(`${forum.url}/topic/1/?page=2`)
  await page.getByRole('button', { name: 'Quote with others: Reply 21' }).click()
  await page.getByRole('button', { name: 'Markdown' }).click()
  await page.locator('text-editor textarea').fill('First')
  asked.length = 0
  await page.getByRole('button', { name: 'Quote 2 posts' }).click()
  await page.locator('.gathered').waitFor({ state: 'hidden' })
  assert.equal(
    await page.locator('text-editor textarea').inputValue(),
    `First\n\n${[5, 22].map(n => `> [Somebody wrote:](/post/${n})\n>\n> Reply _number ${n}_\n>\n> More\n\n`).join('')}`,
  )
  assert.deepEqual(
    asked.filter(path => path.startsWith('/compose')),
    ['/compose/quotes'],
  )
  await page.locator('#post-21 a[data-quote]').click()
  await untilTrue(page, "document.querySelector('text-editor textarea').value.includes('/post/21')")
  assert.match(await page.locator('text-editor textarea').inputValue(), /^First/)
})
