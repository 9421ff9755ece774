import ejs, { type Options } from 'ejs'

/** What EJS makes of a template, before it becomes a function; not among its types. */
type Opened = { generateSource(): void; source: string; compile(): unknown }

const { Template } = ejs
const opened = new Map<string, Opened>()

// Every forum of a process has the same views: opening and compiling them would take a quarter of the time of making one.
Object.assign(ejs, { Template: Known })

function Known(text: string, options: Options): Opened {
  const key = `${options.filename} ${options.compileDebug} ${options.escape}\n${text}`
  const known = opened.get(key) ?? once(new Template(text, options) as unknown as Opened)
  opened.set(key, known)
  return known
}

/** Whoever compiles it again puts the same around its source as before. */
function once(template: Opened): Opened {
  let source: string | undefined
  let view: unknown
  return {
    generateSource() {
      if (view === undefined) template.generateSource()
    },
    get source() {
      return source ?? template.source
    },
    set source(text) {
      source ??= text
      template.source = source
    },
    compile() {
      view ??= template.compile()
      return view
    },
  }
}
