import { type Compiled, type CompileOptions, compileView, escapeHtml, type Source } from './compile.ts'

/** Helpers that say the same whatever a view is given. */
export type Wording = {
  t?(key: string): string
  icon?(name: string): string
  asset?(file: string): string
}

type Edition = { readonly wording: Wording; readonly views: Map<string, Compiled> }

/**
 * Views as they are compiled for each language: what a phrase without arguments says, and how an icon or the address of a
 * built file is written, stands in the text already. The data of a view never say otherwise.
 */
export class Editions {
  readonly #sources: ReadonlyMap<string, Source>
  readonly #options: CompileOptions
  readonly #plain: ReadonlyMap<string, Compiled>
  readonly #editions: Edition[] = []

  /** Throws on the first view that is broken. */
  constructor(sources: ReadonlyMap<string, Source>, options: CompileOptions) {
    this.#sources = sources
    this.#options = options
    this.#plain = new Map([...sources].map(([view, source]) => [view, compileView(source, options)]))
  }

  /** The views for pages with these helpers, each compiled when it is first asked for. Asked for one there is not, throws. */
  for(helpers: Wording): (view: string) => Compiled {
    const { views, wording } = this.#editions.find(edition => isSame(edition.wording, helpers)) ?? this.#begin(helpers)
    return view => {
      const known = views.get(view)
      if (known) return known
      const made = this.#compile(view, wording)
      views.set(view, made)
      return made
    }
  }

  #begin({ t, icon, asset }: Wording): Edition {
    const edition = { wording: { t, icon, asset }, views: new Map<string, Compiled>() }
    this.#editions.push(edition)
    return edition
  }

  #compile(view: string, wording: Wording): Compiled {
    const [source, plain] = [this.#sources.get(view), this.#plain.get(view)]
    if (!source || !plain) throw new Error(`There is no view ${view}.ejs`)
    const text = sayBeforehand(source.text, wording, this.#options.escape ?? escapeHtml)
    return text === source.text ? plain : compileView({ ...source, text }, this.#options)
  }
}

function isSame(one: Wording, other: Wording): boolean {
  return one.t === other.t && one.icon === other.icon && one.asset === other.asset
}

const saidAlways = /<%([=-]) it\.(t|icon|asset)\('([\w./-]+)'\) %>/g

function sayBeforehand(text: string, wording: Wording, toHtml: (text: unknown) => string): string {
  return text.replace(saidAlways, (tag, kind: string, helper: keyof Wording, word: string) => {
    const said = tryToSay(wording[helper], word)
    if (said === null) return tag
    return (kind === '=' ? toHtml(said) : said).replaceAll('<%', '<%%')
  })
}

/** null: not in this way. Whoever renders the view is told why. */
function tryToSay(say: ((word: string) => string) | undefined, word: string): string | null {
  try {
    return say?.(word) ?? null
  } catch {
    return null
  }
}
