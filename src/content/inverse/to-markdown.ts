import TurndownService from 'turndown'
import { plainPictures } from '../model/pictures.ts'
import { blockRules } from './block-rules.ts'
import { trimmedOf } from './characters.ts'
import type { Rule } from './dom.ts'
import { inlineRules } from './inline-rules.ts'
import { settleMarks } from './settle-marks.ts'
import { settleText } from './settle-text.ts'
import { hasSigns, signed, withEdges } from './signs.ts'

const turndown = new TurndownService({ preformattedCode: true })
turndown.escape = signed
for (const [tag, rule] of Object.entries<Rule>({ ...blockRules, ...inlineRules })) {
  turndown.addRule(tag, { filter: node => node.nodeName === tag.toUpperCase(), replacement: rule })
}

/** What stands in the element around everything. Turndown's own end takes the square of the time for a run of spaces. */
let whole = ''
turndown.addRule('main', {
  filter: 'main',
  replacement(content) {
    whole = content
    return ''
  },
})

function written(html: string): string {
  whole = ''
  turndown.turndown(`<main>${withEdges(html)}</main>`)
  return trimmedOf(whole, '\n', ' \n')
}

/**
 * The Markdown of HTML that `compose` made: composing it with the same options gives exactly that HTML again. For any
 * other HTML there is no promise. On this thread.
 */
export function toMarkdownHere(html: string): string {
  return written(plainPictures(html))
    .split('\n')
    .map(line => (hasSigns(line) ? settleText(settleMarks(line)) : line))
    .join('\n')
}
