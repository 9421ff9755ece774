import type { Request } from 'playwright-core'
import { openBrowser } from '../../support/browser.ts'
import { atEnd } from '../endings.ts'

/** What a guest's browser loads for a topic; bytes as they travel. */
export type Weight = {
  readonly requests: number
  readonly html: number
  readonly css: number
  readonly scripts: number
  readonly other: number
  readonly files: readonly string[]
}

/** With nothing in the browser's cache. Avatars and pictures in posts do not count. */
export async function weighPage(url: string): Promise<Weight> {
  const browser = await openBrowser()
  atEnd(() => browser.close())
  const page = await (await browser.newContext()).newPage()
  const loaded: Request[] = []
  page.on('requestfinished', request => void loaded.push(request))
  await page.goto(url, { waitUntil: 'networkidle' })
  const counted = loaded.filter(request => !new URL(request.url()).pathname.startsWith('/files/'))
  const sizes = await Promise.all(
    counted.map(async request => ({
      kind: request.resourceType(),
      path: new URL(request.url()).pathname,
      bytes: (await request.sizes()).responseBodySize,
    })),
  )
  const sum = (wanted: (kind: string) => boolean) =>
    sizes.reduce((total, { kind, bytes }) => total + (wanted(kind) ? bytes : 0), 0)
  const known = ['document', 'stylesheet', 'script']
  return {
    requests: sizes.length,
    html: sum(kind => kind === 'document'),
    css: sum(kind => kind === 'stylesheet'),
    scripts: sum(kind => kind === 'script'),
    other: sum(kind => !known.includes(kind)),
    files: sizes.map(({ kind, path, bytes }) => `${path} (${kind}, ${bytes})`),
  }
}
