import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs, { type Options } from 'ejs'

type Data = Record<string, unknown>
type Compiled = (it: object) => string

/** All views, compiled. */
export type Views = {
  has(view: string): boolean
  /** The view's HTML; `helpers` are in its `it`, and in that of every part it includes, unless the data say otherwise. */
  render(view: string, data: Data, helpers: object): string
  /** The views' names, without .ejs. */
  names(): string[]
}

export type ViewOptions = {
  /** Errors name the view and its line. */
  debug?: boolean
  /** Those below this folder alone; their names stay what they are. */
  only?: string
  /** What `<%=` does to a text; without it, what HTML needs. */
  escape?: (text: unknown) => string
}

/** Compiles every .ejs file below the folder, so that no request ever reads one. Throws on the first that is broken. */
export function compileViews(folder: string, options: ViewOptions = {}): Views {
  const views = compileAll(folder, options)

  const find = (view: string): Compiled => {
    const compiled = views.get(view)
    if (!compiled) throw new Error(`There is no view ${view}.ejs`)
    return compiled
  }
  // Copied, and not inherited: a prototype of its own for each page would be a new shape for every view each time.
  const render = (view: string, data: Data, helpers: object): string => {
    const include = (part: string, partData?: Data): string => find(part)({ ...common, ...partData })
    const common = { ...helpers, include }
    return find(view)({ ...common, ...data })
  }
  return { render, has: view => views.has(view), names: () => [...views.keys()] }
}

function compileAll(folder: string, options: ViewOptions): Map<string, Compiled> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ejs'))
  const wanted = files.filter(file => !options.only || viewName(file).startsWith(`${options.only}/`))
  return new Map(wanted.map(file => [viewName(file), compileView(join(folder, file), options)]))
}

function viewName(file: string): string {
  return file.replaceAll('\\', '/').slice(0, -'.ejs'.length)
}

/**
 * EJS looks an included file up on the disk at every call, and copies `it` without its prototype; so `include` becomes
 * ours at the top of each view, and `it` is taken as it is (that is only unsafe together with `with`, which `strict`
 * switches off).
 */
function compileView(filename: string, { debug = false, ...rest }: ViewOptions): Compiled {
  const options: Options & { unsafePrototypeLocals: boolean } = {
    filename,
    strict: true,
    localsName: 'it',
    compileDebug: debug,
    escape: rest.escape ?? escapeHtml,
    unsafePrototypeLocals: true,
  }
  return ejs.compile(`<% include = it.include %>${readFileSync(filename, 'utf8')}`, options) as Compiled
}

const needsEscape = /[&<>'"]/

/** Most texts need nothing done to them, and finding that out is quicker than replacing nothing. */
function escapeHtml(text: unknown): string {
  if (typeof text === 'string') return needsEscape.test(text) ? ejs.escapeXML(text) : text
  return ejs.escapeXML(text as string)
}
