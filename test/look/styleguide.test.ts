import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPage } from '../support/index.ts'
import { sideways, violations } from './seeing.ts'
import { serveStyleguide } from './site.ts'

test('every part in every state can be used by everyone, light and dark, wide and narrow', async t => {
  const { origin } = await serveStyleguide(t)
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      const page = await openPage(t, { colorScheme, viewport: { width, height: 844 }, bypassCSP: true })
      await page.goto(`${origin}/styleguide`)
      assert.deepEqual(await violations(page), [], `${colorScheme}, ${width} px`)
    }
  }
})

test('nothing scrolls sideways, on the narrowest phone and at 200% zoom alike', async t => {
  const { origin } = await serveStyleguide(t)
  for (const width of [320, 640, 1280]) {
    const page = await openPage(t, { viewport: { width, height: 640 } })
    await page.goto(`${origin}/styleguide`)
    assert.ok((await sideways(page)) <= 0, `${width} px`)
  }
})

test('a page fetches nothing from anybody else', async t => {
  const { origin } = await serveStyleguide(t)
  const page = await openPage(t)
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.goto(`${origin}/styleguide`, { waitUntil: 'networkidle' })
  assert.deepEqual(
    asked.filter(url => !url.startsWith(origin)),
    [],
  )
})

test('without scripts everything is there and no button does nothing', async t => {
  const { origin } = await serveStyleguide(t)
  const page = await openPage(t, { javaScriptEnabled: false })
  await page.goto(`${origin}/styleguide`)
  await page.locator('summary', { hasText: 'Create New...' }).click()
  assert.ok(await page.getByRole('link', { name: 'Topic', exact: true }).isVisible())
  assert.ok(await page.locator('#sample-select').isVisible())
  assert.equal(await page.locator('button[type=button]:visible:not([popovertarget]):not(#buttons *)').count(), 0)
})

test('a printed topic is its text, without what can be pressed', async t => {
  const { origin } = await serveStyleguide(t)
  const page = await openPage(t)
  await page.goto(`${origin}/styleguide`)
  await page.emulateMedia({ media: 'print' })
  assert.ok(await page.locator('#post-1 .prose').isVisible())
  for (const gone of ['#post-1 .post-acts', '.reply', '.top nav', '.pagination']) {
    assert.equal(await page.locator(gone).first().isVisible(), false, gone)
  }
})
