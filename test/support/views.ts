import ejs from 'ejs'

/** What EJS makes of a template, before it becomes a function; not among its types. */
type Opened = {
  readonly templateText: string
  readonly opts: { readonly escapeFunction?: unknown }
  source: string
  generateSource(): void
  compile(): unknown
}

const opened = ejs.Template.prototype as unknown as Opened
const { generateSource, compile } = opened
const sources = new Map<string, string>()
const compiled = new Map<string, unknown>()

// Every forum of a process has the same views: compiling them would take a tenth of its time.
Object.assign(opened, {
  generateSource(this: Opened) {
    const key = keyOf(this, this.templateText)
    const known = sources.get(key)
    if (known === undefined) generateSource.call(this)
    else this.source = known
    sources.set(key, this.source)
  },
  compile(this: Opened) {
    const key = keyOf(this, this.templateText, this.source)
    const view = compiled.get(key) ?? compile.call(this)
    compiled.set(key, view)
    return view
  },
})

function keyOf({ opts }: Opened, ...texts: string[]): string {
  return `${JSON.stringify(opts)}${opts.escapeFunction}${texts.join('\n')}`
}
