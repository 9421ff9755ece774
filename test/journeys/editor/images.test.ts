import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { sideways, violations } from '../../look/seeing.ts'
import { openPage, testForum, untilTrue } from '../../support/index.ts'
import { beginsToWrite, drops, goesToTheEnd, goesToTheStart, type Own, pastes, rich, signIn } from './hands.ts'

/** A picture in one colour. */
async function picture(name: string, background: string): Promise<Own> {
  const bytes = await sharp({ create: { width: 480, height: 320, channels: 3, background } })
    .png()
    .toBuffer()
  return { name, type: 'image/png', bytes }
}

const chosen = ({ name, type, bytes }: Own) => ({ name, mimeType: type, buffer: bytes })

/** Files arrive only when this lets them. */
async function holdUploads(page: Page) {
  const held: (() => void)[] = []
  await page.route('**/attachments', async route => {
    await new Promise<void>(resolve => held.push(resolve))
    await route.continue()
  })
  return {
    waiting: () => held.length,
    /** The next one, once it is on its way. */
    async release() {
      while (held.length === 0) await page.waitForTimeout(20)
      held.shift()?.()
    },
  }
}

const shown = '.rich .picture img[src^="/attachment/"]'
const sendings = '.picture-sending:visible'

test('a member puts pictures where they belong, sees how far they are, and publishes them', async t => {
  const forum = await testForum(t)
  const [fig, olive, plum] = await Promise.all([
    picture('fig.png', 'purple'),
    picture('olive.png', 'green'),
    picture('plum.png', 'navy'),
  ])
  const page = await openPage(t, { bypassCSP: true, expectErrors: /status of 4\d\d|ERR_FAILED/ })
  await signIn(page, forum.url, await forum.member('Nora'))
  await page.goto(`${forum.url}/topic/1/`)
  await beginsToWrite(page)

  await t.test('pasted, while one types on, and undone exactly', async () => {
    const uploads = await holdUploads(page)
    await page.keyboard.type('A fig: ')
    await pastes(page, {}, [fig])
    await page.getByRole('progressbar', { name: 'Uploading fig.png' }).waitFor()
    await page.keyboard.type(' after')
    await goesToTheStart(page)
    await page.keyboard.type('Look! ')
    await uploads.release()
    await page.locator(shown).waitFor()
    assert.equal(await page.locator(sendings).count(), 0)
    assert.match((await page.locator('.rich > p').first().textContent()) ?? '', /^Look! A fig: [\s\S]* after$/)
    assert.deepEqual(
      await page.locator(shown).evaluateAll(all => all.map(({ width, height }) => width / height)),
      [1.5],
    )
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    assert.equal(await rich(page), '<p>A fig: </p>')
    for (let times = 0; times < 3; times++) await page.keyboard.press('Control+Shift+z')
    assert.match((await page.locator('.rich > p').first().textContent()) ?? '', /^Look! A fig: [\s\S]* after$/)
    await page.locator(shown).waitFor()
    await page.unroute('**/attachments')
  })

  await t.test('what it shows is asked for, and told with keys alone', async () => {
    await goesToTheEnd(page)
    for (let steps = 0; steps < ' after'.length + 1; steps++) await page.keyboard.press('Shift+ArrowLeft')
    await page.keyboard.press('ArrowRight')
    for (let steps = 0; steps < ' after'.length + 1; steps++) await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Tab')
    await page.keyboard.type('A ripe fig')
    assert.deepEqual(await violations(page), [])
    await page.keyboard.press('Enter')
    assert.equal(await page.locator(shown).getAttribute('alt'), 'A ripe fig')
    await goesToTheEnd(page)
  })

  await t.test(
    'chosen and dropped, two at once; what failed is tried again, what is not wanted is taken out',
    async () => {
      const uploads = await holdUploads(page)
      await page.getByRole('button', { name: 'Image', exact: true }).click()
      await page.getByLabel('Choose files to upload').setInputFiles([olive, plum].map(chosen))
      await page.locator(sendings).nth(1).waitFor()
      await drops(page, '.rich > p:last-child', [
        { name: 'no.png', type: 'image/png', bytes: fig.bytes.subarray(0, 60) },
      ])
      await page.locator(sendings).nth(2).waitFor()
      assert.equal(uploads.waiting(), 2)
      for (let times = 0; times < 3; times++) await uploads.release()
      await page.locator('.picture-sending.failed').waitFor()
      await page.locator(shown).nth(2).waitFor()
      await page.getByRole('button', { name: 'Try again' }).click()
      await uploads.release()
      await page.locator('.picture-sending.failed').waitFor()
      await page.getByRole('button', { name: 'Submit Reply' }).click()
      await page.getByText('Not everything has been uploaded.').waitFor()
      await page.getByRole('button', { name: 'Do not upload it' }).click()
      assert.equal(await page.locator(sendings).count(), 0)
      await page.unroute('**/attachments')
    },
  )

  await t.test('those of a pasted text come along where that can be', async () => {
    const before = await page.locator(shown).count()
    const data = `data:image/png;base64,${plum.bytes.toString('base64')}`
    await pastes(page, {
      'text/html': `<p>one <img src="${data}"> two <img src="https://elsewhere.example/b.png"> <img src="file:///c.png"></p>`,
      'text/plain': 'one two',
    })
    await page.getByText('1 image was left out.').waitFor()
    await page.getByText('Image from elsewhere.example').waitFor()
    await page.locator(shown).nth(before).waitFor()
    await page.getByRole('button', { name: 'Paste as plain text instead' }).click()
    assert.equal(await page.locator(shown).count(), before)
  })

  await t.test('sending waits for what is on its way', async () => {
    const uploads = await holdUploads(page)
    await page.locator('.rich > p').last().click()
    await goesToTheEnd(page)
    const note: Own = { name: 'note.txt', type: 'text/plain', bytes: Buffer.from('Water them.') }
    await pastes(page, {}, [note])
    await page.keyboard.press('Control+Enter')
    await page.getByText('This goes on by itself').waitFor()
    await uploads.release()
    await page.waitForURL(/#post-\d+$/)
    assert.equal(await page.locator('#post-2 .prose a[href^="/attachment/"] > img').count(), 3)
    assert.equal(await page.locator('#post-2 .prose img').first().getAttribute('alt'), 'A ripe fig')
    assert.match(
      (await page.locator('#post-2 .prose a', { hasText: 'note.txt' }).getAttribute('href')) ?? '',
      /^\/attachment\//,
    )
    await page.unroute('**/attachments')
  })

  await t.test('a picture opens in full, and the keys lead on', async () => {
    const pictures = page.locator('#post-2 .prose a:has(> img)')
    const box = page.getByRole('dialog', { name: 'Image' })
    await pictures.first().click()
    await box.locator('figcaption', { hasText: 'A ripe fig' }).waitFor()
    await box.getByText('1 of 3').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.keyboard.press('ArrowLeft')
    await box.getByText('3 of 3').waitFor()
    assert.equal(await box.locator('img').getAttribute('src'), await pictures.last().evaluate(({ href }) => href))
    await page.keyboard.press('Escape')
    await box.waitFor({ state: 'hidden' })
    await untilTrue(page, "[...document.querySelectorAll('#post-2 .prose a:has(> img)')].at(-1).matches(':focus')")
    await page.keyboard.press('Enter')
    await box.locator('img').click()
    await box.waitFor({ state: 'hidden' })
  })

  await t.test('the post is edited as it is', async () => {
    await page.goto(`${forum.url}/post/2/edit`)
    await beginsToWrite(page)
    assert.equal(await page.locator(shown).count(), 3)
    await page.locator('.rich .picture').nth(1).getByRole('button', { name: 'Remove this image' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/#post-2$/)
    assert.equal(await page.locator('#post-2 .prose a > img').count(), 2)
  })

  await t.test('in the plain box they become Markdown', async () => {
    await page.route('**/compose/tools', route => route.abort())
    await page.reload()
    await page.getByRole('button', { name: 'Markdown' }).click()
    await page.getByLabel('Images and files').waitFor()
    await page.unroute('**/compose/tools')
    const field = page.locator('#reply textarea')
    await field.click()
    await page.getByRole('button', { name: 'Image', exact: true }).waitFor()
    assert.equal(await page.getByLabel('Images and files').isVisible(), false)
    await page.keyboard.type('Plum: ')
    const uploads = await holdUploads(page)
    await pastes(page, {}, [plum])
    assert.equal(await field.inputValue(), 'Plum: ![Uploading plum.png…]()')
    await page.keyboard.type(' end')
    await page.getByRole('button', { name: 'Rich text' }).click()
    await page.getByText('This goes on by itself').waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await uploads.release()
    await page.getByLabel('What it shows').fill('A plum')
    await field.focus()
    assert.match(await field.inputValue(), /^Plum: !\[A plum\]\(\/attachment\/\d+\/[^)]+\) end$/)
    await page.getByRole('button', { name: 'Submit Reply' }).click()
    await page.locator('#post-3 .prose img[alt="A plum"]').waitFor()
  })
})

test('by touch a picture is chosen on a phone, and a guest is told what they may do', async t => {
  const forum = await testForum(t)
  const fig = await picture('fig.png', 'purple')
  const phone = { hasTouch: true, isMobile: true, viewport: { width: 360, height: 640 }, bypassCSP: true }

  await t.test('a member', async t => {
    const page = await openPage(t, phone)
    await signIn(page, forum.url, await forum.member('Nora'))
    await page.goto(`${forum.url}/topic/1/`)
    await page.locator('#reply textarea').tap()
    await page.locator('.rich').waitFor()
    const tool = page.getByRole('button', { name: 'Image', exact: true })
    await tool.tap()
    const dialog = page.getByRole('dialog', { name: 'Image' })
    const frame = await dialog.boundingBox()
    assert.ok(frame && frame.x >= 0 && frame.x + frame.width <= 360 && frame.height <= 640)
    assert.deepEqual(await violations(page), [])
    await page.getByLabel('Choose files to upload').setInputFiles(chosen(fig))
    await page.locator(shown).waitFor()
    const field = await page.locator('.picture-alt').boundingBox()
    assert.ok(field && field.height >= 44, `the field for what it shows is ${field?.height} pixels high`)
    assert.equal(await sideways(page), 0)
    await page.locator('.picture-alt').tap()
    await page.keyboard.type('A fig')
    await page.getByRole('button', { name: 'Submit Reply' }).tap()
    await page.locator('#post-2 .prose a > img').tap()
    await page.locator('.light-box figcaption', { hasText: 'A fig' }).waitFor()
    assert.equal(await page.locator('.light-box .step:visible').count(), 0)
    await page.getByRole('button', { name: 'Close' }).tap()
  })

  await t.test('a guest', async t => {
    const page = await openPage(t, { ...phone, expectErrors: /ERR_FAILED/ })
    await page.goto(`${forum.url}/topic/1/`)
    await page.locator('#reply textarea').tap()
    await page.locator('.rich').waitFor()
    await drops(page, '.rich', [fig])
    const notice = page.locator('[role=status] .notice', { hasText: 'You cannot paste images directly.' })
    assert.deepEqual(await violations(page), [])
    await notice.getByRole('button', { name: 'Upload or insert images from URL.' }).tap()
    assert.equal(await page.getByLabel('Choose files to upload').isVisible(), false)
    await page.getByLabel('Address of the image').fill('https://elsewhere.example/fig.png')
    await page.getByRole('button', { name: 'Insert image' }).tap()
    await page.getByText('Image from elsewhere.example').waitFor()
    assert.equal(await sideways(page), 0)
    await page.route('**/compose/convert', route => route.abort())
    await page.getByRole('button', { name: 'Markdown' }).tap()
    const stays = page.locator('.notice', { hasText: 'The text could not be converted just now.' })
    await stays.waitFor()
    await page.getByText('Image from elsewhere.example').waitFor()
    await stays.getByRole('button', { name: 'Dismiss' }).tap()
    assert.equal(await stays.isVisible(), false)
    await page.unroute('**/compose/convert')
    await page.getByRole('button', { name: 'Markdown' }).tap()
    await page.locator('#reply textarea').waitFor()
    assert.equal(await page.locator('#reply textarea').inputValue(), '![](https://elsewhere.example/fig.png)')
    await pastes(page, {}, [fig])
    await notice.waitFor()
  })
})
