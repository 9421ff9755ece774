import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CompileOptions, Source } from './views/compile.ts'
import { Editions, type Wording } from './views/editions.ts'
import { KeptParts } from './views/kept-parts.ts'
import { Press } from './views/press.ts'

type Data = Record<string, unknown>

/** What views find in `it` besides their data; `times` stands for the language and time zone in which somebody reads. */
type Helpers = Wording & { readonly times?: object; readonly [helper: string]: unknown }

/** All views, compiled. */
export type Views = {
  has(view: string): boolean
  /**
   * The view's HTML as it is sent, in UTF-8; `helpers` are in its `it`, and in that of every part it includes, unless the
   * data say otherwise. What this gives may be written unescaped in another view.
   */
  render(view: string, data: Data, helpers: Helpers): Buffer
  /** The views' names, without .ejs. */
  names(): string[]
}

export type ViewOptions = CompileOptions & {
  /** Those below this folder alone; their names stay what they are. */
  only?: string
  /** Parts that look the same whenever they are given the same, so that they are put together once. */
  keep?: readonly string[]
}

/** Compiles every .ejs file below the folder, so that no request ever reads one. Throws on the first that is broken. */
export function compileViews(folder: string, { only, keep = [], ...options }: ViewOptions = {}): Views {
  const sources = readViews(folder, only)
  const editions = new Editions(sources, options)
  const press = new Press(new KeptParts(keep, sources))
  return {
    render: (view, data, helpers) => press.render(editions.for(helpers), { view, data }, helpers),
    has: view => sources.has(view),
    names: () => [...sources.keys()],
  }
}

function readViews(folder: string, only = ''): Map<string, Source> {
  const below = readdirSync(join(folder, only), { recursive: true, encoding: 'utf8' })
  const files = below.filter(file => file.endsWith('.ejs')).map(file => join(only, file))
  return new Map(files.map(file => [viewName(file), sourceOf(join(folder, file))]))
}

function sourceOf(filename: string): Source {
  return { filename, text: readFileSync(filename, 'utf8') }
}

function viewName(file: string): string {
  return file.replaceAll('\\', '/').slice(0, -'.ejs'.length)
}
