import { type AnyNode, type Element, isTag, isText } from 'domhandler'
import { parseHtml } from '../support/visitor/html.ts'

/** Attributes that people hear or see. */
const spoken = ['title', 'alt', 'placeholder', 'label', 'aria-label', 'aria-description', 'aria-roledescription']
/** What is shown as it is: code, dates, keys of the keyboard, what somebody typed. */
const asItIs = new Set(['script', 'style', 'code', 'pre', 'kbd', 'time', 'textarea', 'svg'])

/** Texts of posts; the names that places and languages give themselves. */
function isContent({ attribs }: Element): boolean {
  return /\bprose\b/.test(attribs.class ?? '') || /^(time_zone|locale)$/.test(attribs.name ?? '')
}

/** The words of a page in the pseudo-locale that no phrase said. */
export function bareWords(html: string): string[] {
  const texts: string[] = []
  collect(parseHtml(html), texts)
  const rest = withoutPhrases(texts.join('\n')).replaceAll(/\S+@\S+/g, ' ')
  return [...new Set(wordsOf(rest))]
}

/** A letter alone is a name's first, in an avatar. */
export function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}][\p{L}\p{M}'’-]+/gu) ?? []
}

function collect(node: AnyNode, texts: string[]): void {
  if (isText(node)) texts.push(node.data)
  if (isTag(node)) {
    if (asItIs.has(node.name) || isContent(node)) return
    for (const name of spoken) texts.push(node.attribs[name] ?? '')
    if (node.name === 'meta' && /description|title/.test(node.attribs.name ?? node.attribs.property ?? '')) {
      texts.push(node.attribs.content ?? '')
    }
    for (const [name, value] of Object.entries(node.attribs)) {
      if (name.startsWith('data-') && /\s/.test(value)) texts.push(value)
    }
  }
  if ('children' in node) for (const child of node.children) collect(child, texts)
}

/** Phrases may hold phrases. */
function withoutPhrases(text: string): string {
  const without = text.replaceAll(/⟦[^⟦⟧]*⟧/g, ' ')
  return without === text ? text : withoutPhrases(without)
}
