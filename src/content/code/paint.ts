import type { Block } from '../model/document.ts'
import { mapBlocks } from '../model/map-blocks.ts'
import { readHtml } from '../model/read-html.ts'
import { writeHtml } from '../model/write-html.ts'
import { highlight } from './highlight.ts'
import { languageOf } from './languages.ts'

/** Characters of code that get colours in one text, and in one line. */
const mostCode = 8000
const longestLine = 400

/** Whether stored HTML may hold code that gets colours. */
export function hasCode(html: string): boolean {
  return html.includes('<pre data-language="')
}

/**
 * Stored HTML with its code in colours: the same text always comes out the same, whether it had colours before or not.
 * Code beyond what may be read without keeping others waiting stays plain. For a thread.
 */
export function paintHere(html: string): string {
  if (!hasCode(html)) return html
  let left = mostCode
  const painted = mapBlocks(readHtml(html, { stored: true }), block => {
    const language = block.type === 'code' ? languageOf(block.language) : undefined
    if (block.type !== 'code') return [block]
    const plain: Block = { type: 'code', language: block.language, text: block.text }
    if (!language || block.text.length > left || hasLongLine(block.text)) return [plain]
    left -= block.text.length
    return [{ ...plain, paint: highlight(block.text, language) }]
  })
  return writeHtml(painted)
}

/** As machines write them, for nobody to read. */
function hasLongLine(code: string): boolean {
  return code.split('\n').some(line => line.length > longestLine)
}
