import type { MarkdownIt, StateBlock } from 'markdown-it'
import { attributionText } from '../model/document.ts'
import { findPairs, type Pair, type Pairs } from './pairs.ts'
import { lineAt, type Range, tokenizeRange, withRange } from './range.ts'

const names: ReadonlySet<string> = new Set(['quote', 'list', 'code', 'spoiler'])

/** BBCode that begins a line: quote, list, code and spoiler. */
export function bbcodeBlock(md: MarkdownIt): void {
  const rule = (state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean => {
    if ((state.sCount[startLine] ?? 0) < state.blkIndent) return false
    const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0)
    let found = findBlock(state, start, startLine, endLine)
    if (!found || silent) return found !== null
    // One tag may follow another on the same line, as often as someone likes.
    let end = start
    let line = startLine
    for (; found; found = findBlock(state, state.skipSpaces(end), line, endLine)) {
      push[found.pair.name]?.(state, found.pair, found.range)
      end = found.pair.end
      line = found.range.lastLine
    }
    const rest = { startLine: line, start: end, lastLine: line, end: state.eMarks[line] ?? end }
    if (state.src.slice(end, rest.end).trim() !== '') tokenizeRange(state, rest)
    state.line = line + 1
    return true
  }
  md.block.ruler.before('table', 'bbcode', rule, { alt: ['paragraph', 'reference', 'blockquote', 'list'] })
}

type Found = { readonly pair: Pair; readonly range: Range }

/** The tag that begins at this position, if it makes a block. */
function findBlock(state: StateBlock, start: number, line: number, endLine: number): Found | null {
  if (state.src[start] !== '[' || start >= (state.eMarks[line] ?? 0)) return null
  const pair = pairsOf(state).get(start)
  const range = pair && rangeOf(state, pair, line, endLine)
  return pair && range && isBlock(state, pair, range) ? { pair, range } : null
}

/** The environment lives as long as one source, and the positions of lines count from its beginning. */
function pairsOf(state: StateBlock): Pairs {
  const env: { bbcode?: Pairs; [key: string]: unknown } = state.env
  env.bbcode ??= findPairs(state.src, names)
  return env.bbcode
}

/** Null when the closing tag stands outside of the quote or item that the opening tag is in. */
function rangeOf(state: StateBlock, pair: Pair, startLine: number, endLine: number): Range | null {
  const lastLine = lineAt(state, pair.contentEnd, startLine, endLine)
  return lastLine === null ? null : { startLine, start: pair.contentStart, lastLine, end: pair.contentEnd }
}

/** Code and spoilers can also stand within a line. */
function isBlock(state: StateBlock, pair: Pair, range: Range): boolean {
  if (pair.name === 'quote' || pair.name === 'list' || range.lastLine > range.startLine) return true
  return state.src.slice(pair.end, state.eMarks[range.lastLine]).trim() === ''
}

const push: Readonly<Record<string, (state: StateBlock, pair: Pair, range: Range) => void>> = {
  quote: pushQuote,
  list: pushList,
  code: pushCode,
  spoiler: pushSpoiler,
}

/** `[quote=Name]`, `[quote="Name, post: 5"]`, `[quote name="Name" post="5"]`: numbers of other forums mean nothing. */
function pushQuote(state: StateBlock, pair: Pair, range: Range): void {
  const argument = pair.argument.trim()
  const name =
    /name=(["'])(.*?)\1/i.exec(argument)?.[2] ?? argument.replace(/^(["'])(.*)\1$/, '$2').split(/,\s*\w+:/)[0]
  state.push('blockquote_open', 'blockquote', 1)
  if (name) {
    state.push('paragraph_open', 'p', 1)
    const text = state.push('inline', '', 0)
    text.content = ''
    text.children = [Object.assign(new state.Token('text', '', 0), { content: attributionText(name) })]
    state.push('paragraph_close', 'p', -1)
  }
  tokenizeRange(state, range)
  state.push('blockquote_close', 'blockquote', -1)
}

function pushList(state: StateBlock, pair: Pair, range: Range): void {
  const kind = /^[1ai]/i.test(pair.argument.trim()) ? ['ordered_list', 'ol'] : ['bullet_list', 'ul']
  const [type = '', tag = ''] = kind
  state.push(`${type}_open`, tag, 1)
  const starts = [range.start - 3, ...pair.items]
  starts.forEach((start, at) => {
    const end = starts[at + 1] ?? range.end
    if (state.src.slice(start + 3, end).trim() === '') return
    const startLine = lineAt(state, start + 3, range.startLine, range.lastLine + 1) ?? range.lastLine
    const lastLine = lineAt(state, end, startLine, range.lastLine + 1) ?? range.lastLine
    state.push('list_item_open', 'li', 1)
    tokenizeRange(state, { startLine, start: start + 3, lastLine, end })
    state.push('list_item_close', 'li', -1)
  })
  state.push(`${type}_close`, tag, -1)
}

function pushCode(state: StateBlock, pair: Pair, range: Range): void {
  const code = state.push('fence', 'code', 0)
  code.info = pair.argument.trim()
  code.content = withRange(state, range, () =>
    state.getLines(range.startLine, range.lastLine + 1, state.blkIndent, false),
  )
}

function pushSpoiler(state: StateBlock, _pair: Pair, range: Range): void {
  state.push('spoiler_open', 'details', 1)
  tokenizeRange(state, range)
  state.push('spoiler_close', 'details', -1)
}
