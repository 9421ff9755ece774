import ejs, { type Options } from 'ejs'

/** Writes a view with `it`: its text goes to `it.write`. */
export type Compiled = (it: object) => void

export type CompileOptions = {
  /** Errors name the view and its line. */
  debug?: boolean
  /** What `<%=` does to a text; without it, what HTML needs. */
  escape?: (text: unknown) => string
}

/** A view as it lies in its file. */
export type Source = { readonly filename: string; readonly text: string }

/** What EJS makes of a template, before it becomes a function; not among its types. */
type Opened = { generateSource(): void; source: string; compile(): Compiled }

/**
 * EJS looks an included file up on the disk at every call, copies `it` without its prototype, and gathers a text of its
 * own for each view; so `include` and what its statements call with each text become ours, and `it` is taken as it is
 * (that is only unsafe together with `with`, which `strict` switches off).
 */
export function compileView({ filename, text }: Source, { debug = false, ...rest }: CompileOptions): Compiled {
  const options: Options & { unsafePrototypeLocals: boolean } = {
    filename,
    strict: true,
    localsName: 'it',
    compileDebug: debug,
    escape: rest.escape ?? escapeHtml,
    unsafePrototypeLocals: true,
  }
  const template = new ejs.Template(text, options) as unknown as Opened
  template.generateSource()
  template.source = `${beginning}${template.source}${ending}`
  return template.compile()
}

/** Texts that follow each other are joined, as long as they are few, and written together before a part is. */
const beginning = `include = it.include; let __output = ''
function __append(value) {
  if (typeof value === 'string') __output += value
  else if (value !== undefined && value !== null) __output = it.write(__output, value)
}
`
const ending = '; it.write(__output)'

const needsEscape = /[&<>'"]/

/** Most texts need nothing done to them, and finding that out is quicker than replacing nothing. */
export function escapeHtml(text: unknown): string {
  if (typeof text === 'string') return needsEscape.test(text) ? ejs.escapeXML(text) : text
  return ejs.escapeXML(text as string)
}
