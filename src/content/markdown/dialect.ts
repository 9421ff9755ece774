import MarkdownIt from 'markdown-it'
import { bbcodeBlock } from '../bbcode/block.ts'
import { bbcodeInline } from '../bbcode/inline.ts'
import { tooComplex } from '../limits.ts'
import { safeLink } from '../links/safe-url.ts'
import { addresses } from './address.ts'
import { doubledMark } from './doubled-marks.ts'
import { mentions } from './mention.ts'
import { ownTags } from './own-tags.ts'
import { plainSigns } from './plain-signs.ts'
import { spoilerBlock } from './spoiler-block.ts'

// Deeper blocks are left out by the parser without a word, so a text that comes near is refused.
const deepestBlock = 100

const md = new MarkdownIt({ html: false, breaks: true, maxNesting: deepestBlock })

// What people type means itself: no code by indentation, no heading by a line beneath, no `&copy;`, no hidden
// definitions of links.
md.disable(['code', 'lheading', 'reference', 'entity'])
md.validateLink = address => safeLink(address) !== null
md.normalizeLink = address => address
md.normalizeLinkText = text => text
// Beside the characters at which the text rule of the library stops, "|" begins a mark here.
const text = /[^\n!#$%&*+\-:<=>@[\\\]^_`{|}~]+/y
md.inline.ruler.at('text', (state, silent) => {
  text.lastIndex = state.pos
  const end = text.test(state.src) ? Math.min(text.lastIndex, state.posMax) : state.pos
  if (end === state.pos) return false
  if (!silent) state.pending += state.src.slice(state.pos, end)
  state.pos = end
  return true
})
for (const use of [addresses, mentions, ownTags, plainSigns, bbcodeInline, spoilerBlock, bbcodeBlock]) md.use(use)
doubledMark(md, { sign: '+', tag: 'u' })
doubledMark(md, { sign: '|', tag: 'span', className: 'spoiler' })

/** The HTML of our Markdown (docs/MARKDOWN.md), not yet safe. Throws Invalid when blocks stand too deep in each other. */
export function markdownToHtml(source: string): string {
  const env = {}
  const tokens = md.parse(source, env)
  if (tokens.some(token => token.level >= deepestBlock - 1)) throw tooComplex()
  return md.renderer.render(tokens, md.options, env)
}
