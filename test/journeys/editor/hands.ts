import type { Page } from 'playwright-core'
import type { Person } from '../../support/index.ts'

/** Opens the editor of a box as somebody does who begins to write. */
export async function beginsToWrite(page: Page): Promise<void> {
  await page.locator('text-editor textarea').click()
  await page.locator('.rich').waitFor()
}

/** What stands in the editor, without the empty line at its end. */
export async function rich(page: Page): Promise<string> {
  const html = await page.locator('.rich').innerHTML()
  return html.replaceAll('<br class="ProseMirror-trailingBreak">', '').replace(/(<p[^>]*><\/p>)+$/, '')
}

/** Through the page for it. */
export async function signIn(page: Page, url: string, { name, password }: Person): Promise<void> {
  await page.goto(`${url}/login/`)
  await page.locator('main [name=login]').fill(name)
  await page.locator('main [name=password]').fill(password)
  await page.locator('main [name=password]').press('Enter')
  await page.waitForURL(`${url}/`)
}

/** As if another program had put it on the clipboard: what is called `image` is a file. */
export async function pastes(page: Page, data: Record<string, string>): Promise<void> {
  await page.evaluate(`{
    const clipboardData = new DataTransfer()
    for (const [type, value] of Object.entries(${JSON.stringify(data)})) {
      if (type === 'image') clipboardData.items.add(new File(['x'], value, { type: 'image/png' }))
      else clipboardData.setData(type, value)
    }
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.querySelector('.rich').dispatchEvent(paste)
  }`)
}
