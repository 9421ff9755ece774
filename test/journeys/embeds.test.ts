import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPage, testForum } from '../support/index.ts'
import { beginsToWrite, rich, signIn } from './editor/hands.ts'

const video = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'

test('A link that stands alone becomes more, unless its writer wants a link', async t => {
  const forum = await testForum(t)
  const page = await openPage(t)
  const elsewhere: string[] = []
  // Nothing leaves this machine: whatever is asked for elsewhere is noted and answered here.
  await page.route(
    url => url.origin !== forum.url,
    async route => {
      elsewhere.push(route.request().url())
      await route.fulfill({ contentType: 'text/html', body: '<title>A player</title>' })
    },
  )
  await signIn(page, forum.url, forum.admin)
  await page.goto(`${forum.url}/topic/1/`)
  await beginsToWrite(page)
  const notice = page.getByText('Your link has been automatically embedded.')

  await page.keyboard.type(`See ${video} there `)
  await page.keyboard.press('Enter')
  await page.keyboard.type('https://nobody.example/known')
  await page.getByText('Your link will be shown as a card if its page can be read.').waitFor()
  assert.equal(await notice.count(), 0)
  await page.keyboard.press('Enter')
  await page.keyboard.type(video)
  await notice.waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type(`${forum.url}/topic/1/`)
  await page.waitForResponse(/compose\/embed\?.*topic/)
  await page.getByRole('button', { name: 'Display as a link instead' }).click()
  assert.equal(await notice.count(), 0)
  await page.locator('.rich').press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.type(video)
  await notice.waitFor()
  await page.locator('[data-said]').getByRole('button', { name: 'Dismiss' }).click()
  assert.match(await rich(page), new RegExp(`<p><a href="${forum.url}/topic/1/">`))
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByRole('heading', { name: 'Preview: not posted yet' }).waitFor()
  await page.locator('.rich').waitFor()
  await page.waitForLoadState('networkidle')
  assert.equal(await page.getByText('There are two different texts').isVisible(), false)
  await page.getByRole('button', { name: 'Submit Reply' }).click()

  const post = page.locator('article').last()
  const play = post.getByRole('button', { name: /Play from YouTube loads from youtube-nocookie\.com/ })
  await play.first().waitFor()
  assert.equal(await play.count(), 2)
  assert.equal(await post.locator('.embed-card').count(), 0)
  assert.equal(await post.locator(`p > a[href="${forum.url}/topic/1/"]`).count(), 1)
  assert.deepEqual([elsewhere, await page.locator('iframe').count()], [[], 0])
  await play.first().click()
  const frame = page.locator('embed-player iframe')
  await frame.contentFrame().locator('html').waitFor()
  const said = ['sandbox', 'referrerpolicy', 'title', 'loading', 'src']
  assert.deepEqual(await Promise.all(said.map(name => frame.getAttribute(name))), [
    'allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox',
    'strict-origin-when-cross-origin',
    'YouTube player',
    'lazy',
    'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0',
  ])
  assert.equal(elsewhere.length, 1)

  await page.goto(`${forum.url}/post/2/edit`)
  const markdown = await page.locator('textarea[name=body]').inputValue()
  assert.ok(markdown.includes(`\n${video}\n`) && markdown.includes(`<${forum.url}/topic/1/>`), markdown)
  await beginsToWrite(page)
  assert.match(await rich(page), new RegExp(`<a href="${forum.url}/topic/1/">`))
  assert.equal(await notice.count(), 0)
})
