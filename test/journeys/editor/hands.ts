import type { Page } from 'playwright-core'
import { type Person, untilTrue } from '../../support/index.ts'

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

/** Puts the caret behind everything. */
export async function goesToTheEnd(page: Page): Promise<void> {
  await goesTo(page, 'Control+End', 'doc.content.size - 1')
}

/** Puts the caret before everything. */
export async function goesToTheStart(page: Page): Promise<void> {
  await goesTo(page, 'Control+Home', '1')
}

/** The editor hears a moment later where a key has put the caret. */
async function goesTo(page: Page, key: string, place: string): Promise<void> {
  for (let left = 20; left > 0; left--) {
    await page.keyboard.press(key)
    const isThere = untilTrue(
      page,
      `(({ selection, doc }) => selection.empty && selection.to === ${place})(document.querySelector('.rich').editor.state)`,
      500,
    )
    if (
      await isThere.then(
        () => true,
        () => false,
      )
    )
      return
  }
  throw new Error(`The caret does not go where ${key} should put it`)
}

/** Through the page for it. */
export async function signIn(page: Page, url: string, { name, password }: Person): Promise<void> {
  await page.goto(`${url}/login/`)
  await page.locator('main [name=login]').fill(name)
  await page.locator('main [name=password]').fill(password)
  await page.locator('main [name=password]').press('Enter')
  await page.waitForURL(`${url}/`)
}

/** A file of somebody's own. */
export type Own = { readonly name: string; readonly type: string; readonly bytes: Buffer }

/** As if another program had put it on the clipboard: what is called `image` is a file that is none. */
export async function pastes(page: Page, data: Record<string, string>, files: readonly Own[] = []): Promise<void> {
  await page.evaluate(`{
    const clipboardData = ${carrying(data, files)}
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.querySelector('.rich, text-editor:not([data-rich]) textarea').dispatchEvent(paste)
  }`)
}

/** Out of a folder, onto what matches. */
export async function drops(page: Page, onto: string, files: readonly Own[]): Promise<void> {
  await page.evaluate(`{
    const target = document.querySelector(${JSON.stringify(onto)})
    const { left, top, height } = target.getBoundingClientRect()
    const at = { clientX: left + 1, clientY: top + height / 2 }
    const dataTransfer = ${carrying({}, files)}
    for (const type of ['dragenter', 'dragover', 'drop']) {
      target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, ...at }))
    }
  }`)
}

function carrying(data: Record<string, string>, files: readonly Own[]): string {
  const sent = files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') }))
  return `(() => {
    const carried = new DataTransfer()
    for (const [type, value] of Object.entries(${JSON.stringify(data)})) {
      if (type === 'image') carried.items.add(new File(['x'], value, { type: 'image/png' }))
      else carried.setData(type, value)
    }
    for (const { name, type, base64 } of ${JSON.stringify(sent)}) {
      const bytes = Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))
      carried.items.add(new File([bytes], name, { type }))
    }
    return carried
  })()`
}
