import { existsSync } from 'node:fs'
import { after, type TestContext } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterwards } from './afterwards.ts'

/** Where a real browser is; test/run.mjs sets it so that not every file unpacks one. */
export const browserVariable = 'STOA_TEST_CHROMIUM'

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

/** The machine's own Chromium, else the one of the npm package, unpacked. */
export async function findBrowser(): Promise<string> {
  const known = process.env[browserVariable] ?? systemBrowsers.find(file => existsSync(file))
  return known ?? (await import('@sparticuz/chromium')).default.executablePath()
}

let browser: Promise<Browser> | undefined

after(async () => {
  await (await browser)?.close()
})

/** A real browser for all tests of a file; it closes at the end. */
export function openBrowser(): Promise<Browser> {
  browser ??= launch()
  return browser
}

/** Most files need none, and reading what drives it takes a third of a second. */
async function launch(): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  return chromium.launch({ executablePath: await findBrowser(), args: flags })
}

export type BrowserPageOptions = BrowserContextOptions & {
  /** Errors on the console that this test is about. */
  expectErrors?: RegExp
}

/**
 * A tab of a browser of its own, without cookies. It closes with the test, which fails when the page complained: a script
 * that threw, a file that was missing, something that the content security policy refused.
 */
export async function openPage(t: TestContext, options: BrowserPageOptions = {}): Promise<Page> {
  const { expectErrors, ...rest } = options
  const context = await (await openBrowser()).newContext({ viewport: { width: 1280, height: 900 }, ...rest })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  afterwards(t, async () => {
    await context.close()
    const unexpected = complaints.filter(complaint => !expectErrors?.test(complaint))
    if (unexpected.length > 0) throw new Error(`The page complained: ${unexpected.join('; ')}`)
  })
  return page
}

/**
 * Waits until this expression is true on the page; throws when it is not within so many milliseconds. Playwright's own
 * `waitForFunction` asks a second time by `eval`, which our pages forbid.
 */
export async function untilTrue(page: Page, expression: string, patienceMs = 10_000): Promise<void> {
  const end = Date.now() + patienceMs
  while (!(await page.evaluate(expression))) {
    if (Date.now() > end) throw new Error(`It has not come to this: ${expression}`)
    await page.waitForTimeout(20)
  }
}
