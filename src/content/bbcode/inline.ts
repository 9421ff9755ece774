import type { MarkdownIt, StateInline } from 'markdown-it'
import { findPairs, type Pair, type Pairs } from './pairs.ts'

const styles: ReadonlyMap<string, string> = new Map([
  ['b', 'strong'],
  ['i', 'em'],
  ['u', 'u'],
  ['s', 's'],
  ['spoiler', 'span'],
])

const names: ReadonlySet<string> = new Set([...styles.keys(), 'url', 'img', 'code'])

/** BBCode within a paragraph: b, i, u, s, spoiler, url, img and code. */
export function bbcodeInline(md: MarkdownIt): void {
  const known = new WeakMap<StateInline, Pairs>()
  const pairsOf = (state: StateInline): Pairs => {
    const pairs = known.get(state) ?? findPairs(state.src, names)
    known.set(state, pairs)
    return pairs
  }
  md.inline.ruler.before('link', 'bbcode', (state, silent) => {
    if (state.src[state.pos] !== '[') return false
    const pair = pairsOf(state).get(state.pos)
    if (!pair || pair.end > state.posMax) return false
    // Whoever looks for the end of a link text only has to get past this bracket.
    if (silent) state.pos++
    else {
      pushTag(state, pair)
      state.pos = pair.end
    }
    return true
  })
}

function pushTag(state: StateInline, pair: Pair): void {
  const content = state.src.slice(pair.contentStart, pair.contentEnd)
  if (pair.name === 'img') pushImage(state, content)
  else if (pair.name === 'code') state.push('code_inline', 'code', 0).content = content.replace(/\n/g, ' ')
  else if (pair.name === 'url') pushLink(state, pair, content)
  else pushStyle(state, pair)
}

function pushStyle(state: StateInline, pair: Pair): void {
  const tag = styles.get(pair.name) ?? 'span'
  const begin = state.push(`${tag}_open`, tag, 1)
  if (tag === 'span') begin.attrSet('class', 'spoiler')
  pushContent(state, pair)
  state.push(`${tag}_close`, tag, -1)
}

function pushLink(state: StateInline, pair: Pair, content: string): void {
  const address = pair.argument.trim().replace(/^(["'])(.*)\1$/, '$2') || content.trim()
  state.push('link_open', 'a', 1).attrSet('href', address)
  state.linkLevel++
  if (pair.argument.trim()) pushContent(state, pair)
  else state.push('text', '', 0).content = content
  state.linkLevel--
  state.push('link_close', 'a', -1)
}

function pushImage(state: StateInline, content: string): void {
  const image = state.push('image', 'img', 0)
  image.attrs = [
    ['src', content.trim()],
    ['alt', ''],
  ]
  image.children = []
}

function pushContent(state: StateInline, pair: Pair): void {
  const end = state.posMax
  state.pos = pair.contentStart
  state.posMax = pair.contentEnd
  state.md.inline.tokenize(state)
  state.posMax = end
}
