import { existsSync } from 'node:fs'
import type { TestContext } from 'node:test'
import packaged from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync)
const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** A real Chromium: the machine's own, else the packaged one. Closed when the test is over. */
export async function openBrowser(t: TestContext): Promise<Browser> {
  const executablePath = installed ?? (await packaged.executablePath())
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] })
  t.after(() => browser.close())
  return browser
}

/** A window of its own on this address. Whatever goes wrong in the page is gathered in `wrong`. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; wrong: string[] }> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const wrong: string[] = []
  page.on('console', message => message.type() === 'error' && wrong.push(message.text()))
  page.on('pageerror', error => wrong.push(error.message))
  await page.goto(url, { waitUntil: 'load' })
  return { page, wrong }
}
