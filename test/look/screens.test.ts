import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { fewOf } from '../support/few-of.ts'
import { openPage, type Person, testForum } from '../support/index.ts'
import { type Furnished, furnish } from './furnished.ts'
import { kindsOn, sideways, violations } from './seeing.ts'

const isLong = process.env.STOA_LONG === '1'
const light = { colorScheme: 'light', width: 1280 } as const
const dark = { colorScheme: 'dark', width: 390 } as const
const widths = [1280, 390, 320]
/** Pages that say what is not there are seen, too. */
const expectErrors = /status of 4(04|10)/

type Looking = typeof light | typeof dark
type Sight = { readonly path: string; readonly faults: string[]; readonly kinds: ReadonlySet<string> }

/**
 * What is wrong with the pages, for one who is signed in or not: everything at once, so that one run tells all. Each has to
 * be there and to fit; as many as show everything that pages are made of are looked at closely, once more in the dark and on
 * a phone. `known` was seen so already.
 */
async function faults(
  t: TestContext,
  furnished: Furnished,
  who: keyof Furnished['screens'],
  known: { readonly light: Set<string>; readonly dark: Set<string> },
  person?: Person,
) {
  const paths = furnished.screens[who]
  const bright = await see(t, furnished, paths, light, known.light, person)
  const few = fewOf(
    bright.map(({ path, kinds }) => ({ one: path, kinds })),
    known.dark,
  )
  t.diagnostic(`${few.length} of ${paths.length} pages are seen in the dark`)
  const gloomy = await see(t, furnished, isLong ? paths : few, dark, new Set(), person)
  return [...bright, ...gloomy].flatMap(({ faults }) => faults)
}

async function see(
  t: TestContext,
  { forum, absent }: Furnished,
  paths: readonly string[],
  { colorScheme, width }: Looking,
  known: Set<string>,
  person?: Person,
): Promise<Sight[]> {
  const viewport = { width, height: 844 }
  const page = await openPage(t, { colorScheme, viewport, bypassCSP: true, baseURL: forum.url, expectErrors })
  if (person) await signIn(page, person)
  const sights: Sight[] = []
  for (const path of paths) {
    await page.setViewportSize(viewport)
    const answer = await page.goto(path)
    const found: string[] = []
    const isThere = person !== undefined || !absent.includes(path)
    if (answer?.ok() !== isThere) found.push(`answered ${answer?.status()}`)
    const kinds = await kindsOn(page)
    if (isLong || [...kinds].some(kind => !known.has(kind))) found.push(...(await violations(page)))
    for (const kind of kinds) known.add(kind)
    if (colorScheme === 'light') found.push(...(await overflows(page)))
    sights.push({ path, kinds, faults: found.map(fault => `${path} ${colorScheme}: ${fault}`) })
  }
  return sights
}

async function overflows(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 })
    const pixels = await sideways(page)
    if (pixels > 0) found.push(`scrolls sideways by ${pixels} px at ${width} px`)
  }
  return found
}

async function signIn(page: Page, { name, password }: Person): Promise<void> {
  await page.goto('/login/')
  await page.locator('main [name=login]').fill(name)
  await page.locator('main [name=password]').fill(password)
  await page.locator('main [name=password]').press('Enter')
  await page.waitForURL('/')
}

test('every screen can be used by everyone: light and dark, wide and on the narrowest phone', async t => {
  const furnished = await furnish(t)
  const { member, moderator, forum } = furnished
  const known = { light: new Set<string>(), dark: new Set<string>() }
  await t.test('guests', async t => assert.deepEqual(await faults(t, furnished, 'guest', known), []))
  await t.test('members', async t => assert.deepEqual(await faults(t, furnished, 'member', known, member), []))
  await t.test('moderators', async t => {
    assert.deepEqual(await faults(t, furnished, 'moderator', known, moderator), [])
  })
  await t.test('administrators', async t => {
    assert.deepEqual(await faults(t, furnished, 'administrator', known, forum.admin), [])
  })
})

test('who sets the forum up sees a page that fits', async t => {
  const { app, url } = await testForum(t, { kind: 'sqlite', untouched: true })
  const page = await openPage(t, { bypassCSP: true })
  await page.goto(`${await app.setupLink(url)}`)
  assert.deepEqual([...(await violations(page)), ...(await overflows(page))], [])
})

test('a guest finds the words of other forums on a topic, and gets it with four requests', async t => {
  const { url } = await testForum(t, { kind: 'sqlite' })
  const page = await openPage(t, { javaScriptEnabled: true })
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.goto(`${url}/topic/1-x/`, { waitUntil: 'networkidle' })
  assert.ok(asked.filter(address => !address.endsWith('/topic/1-x/')).length <= 4, asked.join(', '))
  const said = await page.locator('body').innerText()
  for (const words of [
    'Link to comment',
    'Share on other sites',
    'Join the conversation',
    'You can post now and register later. If you have an account, sign in now to post with your account.',
    'Go to topic listing',
    'Create New...',
    'Submit Reply',
  ]) {
    assert.ok(said.includes(words), words)
  }
  assert.equal(await page.locator('body > a').first().innerText(), 'Jump to content')
  assert.equal(await page.getByLabel('Reply to this topic...').getAttribute('placeholder'), 'Reply to this topic...')
  await page.getByLabel('Reply to this topic...').fill('🌱'.repeat(76))
  await page.getByText('Only 75 emoji are allowed.').waitFor()
})
