import { createRequire } from 'node:module'
import { readSigns } from '../text/signs.ts'
import type { Language } from './languages.ts'
import { joinRuns, type Paint, type Run } from './paints.ts'

/** What we use of highlight.js, whose own types would bring those of a browser into the server. */
interface Reader {
  newInstance(): Reader
  registerLanguage(name: string, grammar: unknown): void
  highlight(code: string, options: { readonly language: string; readonly ignoreIllegals: boolean }): { value: string }
}

const load = createRequire(import.meta.url)
const readers = new Map<Language, Reader>()

/** What a scope of highlight.js looks like here. Scopes within others that are not listed look like those. */
const looks: ReadonlyMap<string, Paint | null> = new Map<string, Paint | null>([
  ...looking(['keyword', 'selector-tag', 'template-tag', 'doctag', 'strong'], 'word'),
  ...looking(['string', 'regexp', 'quote', 'link', 'char', 'code', 'selector-attr'], 'text'),
  ...looking(['comment'], 'note'),
  ...looking(['number', 'literal', 'symbol', 'bullet', 'formula', 'selector-id'], 'value'),
  ...looking(['title', 'section', 'name', 'function', 'selector-class'], 'name'),
  ...looking(['type', 'built_in', 'attr', 'attribute', 'property', 'class', 'selector-pseudo'], 'type'),
  ...looking(['meta', 'variable', 'template-variable', 'emphasis'], 'meta'),
  ...looking(['addition'], 'added'),
  ...looking(['deletion'], 'removed'),
  ...looking(['subst', 'params', 'tag'], null),
])

function looking(scopes: readonly string[], paint: Paint | null): (readonly [string, Paint | null])[] {
  return scopes.map(scope => [scope, paint])
}

/**
 * Code in stretches that look the same; put together they are the code. The grammars need a good while to load and, for
 * some texts, the square of the time for its length, so this belongs into a thread and to short code.
 */
export function highlight(code: string, language: Language): Run[] {
  const [name = ''] = language.grammars
  return runsIn(readerOf(language).highlight(code, { language: name, ignoreIllegals: true }).value)
}

/** One with the grammars of this language alone, so that what others were read before makes no difference. */
function readerOf(language: Language): Reader {
  const known = readers.get(language)
  if (known) return known
  const core: Reader = load('highlight.js/lib/core')
  const reader = core.newInstance()
  for (const name of language.grammars) {
    reader.registerLanguage(name, load(`highlight.js/lib/languages/${name}`))
  }
  readers.set(language, reader)
  return reader
}

/** The nested elements that highlight.js writes, as stretches beside each other. */
function runsIn(html: string): Run[] {
  const open: (Paint | null)[] = []
  const runs: Run[] = []
  for (const [piece, className, text] of html.matchAll(/<span class="([^"]*)">|<\/span>|([^<]+)/g)) {
    const around = open.at(-1) ?? null
    if (className !== undefined) open.push(lookOf(className, around))
    else if (text === undefined) open.pop()
    else runs.push({ paint: around, text: readSigns(piece) })
  }
  return joinRuns(runs)
}

/** "hljs-title function_" and "language-css", which is code in other code. */
function lookOf(className: string, around: Paint | null): Paint | null {
  const scope = /^hljs-([a-z_-]+)/.exec(className)?.[1]
  const found = scope === undefined ? null : looks.get(scope)
  return found === undefined ? around : found
}
