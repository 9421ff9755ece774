import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { paintHere } from '../../src/content/code/paint.ts'
import { convertHere } from '../../src/content/conversion.ts'
import { cleanLine } from '../../src/content/index.ts'
import { toMarkdownHere } from '../../src/content/inverse/to-markdown.ts'
import { readHtml } from '../../src/content/model/read-html.ts'
import { writeHtml } from '../../src/content/model/write-html.ts'
import { writeText } from '../../src/content/model/write-text.ts'
import { composeHere } from '../../src/content/pipeline.ts'
import { renderHere } from '../../src/content/rendering.ts'
import { isVisible } from '../../src/content/text/clean.ts'
import { Invalid } from '../../src/platform/errors.ts'
import * as typed from './support/documents.ts'
import { assertHarmless } from './support/harmless.ts'
import { documents } from './support/models.ts'
import { runs } from './support/runs.ts'

const options = { maxLength: 1_000_000, maxEmoji: 10_000, baseUrl: 'https://home.example' }
const inHtml = (body: string) => composeHere({ body, format: 'html' }, options).html
const inMarkdown = (body: string) => composeHere({ body, format: 'markdown' }, options).html

test('Whatever a document may hold comes through every way that there is unchanged', () => {
  const unchanged = fc.property(documents, blocks => {
    const stored = writeHtml(blocks)
    if (!isVisible(writeText(blocks, { everything: true }))) return
    // Only what a quote was written at is looked up anew.
    const undated = stored.replace(/ <time[^>]*>[^<]*<\/time>/g, '')
    assert.equal(writeHtml(readHtml(stored, { stored: true })), stored)
    assert.equal(inHtml(stored), undated)
    const markdown = toMarkdownHere(stored)
    assert.equal(inMarkdown(markdown), undated, markdown)
    assert.equal(convertHere({ body: markdown, format: 'markdown' }, options).body, undated)
    assert.equal(convertHere({ body: stored, format: 'html' }, options).body, markdown)
    const painted = paintHere(stored)
    assert.equal(toMarkdownHere(painted), markdown)
    assert.equal(renderHere([stored])[0]?.html, painted)
    assert.equal(renderHere([painted])[0]?.html, painted)
    assertHarmless(painted.replace(/ <time[^>]*>[^<]*<\/time>/g, ''), stored)
  })
  fc.assert(unchanged, runs(60))
})

test('Whatever is sent is harmless, and composing the answer again changes nothing', () => {
  const settled = (format: 'markdown' | 'html') => (body: string) => {
    try {
      const { html, text } = composeHere({ body, format }, options)
      assertHarmless(html, body)
      // A picture of elsewhere is typed as a picture, and stored as a link to it.
      if (html.includes(' class="remote"')) return
      const again = composeHere({ body: html, format: 'html' }, options)
      assert.deepEqual([again.html, again.text], [html, text])
      assert.deepEqual(inMarkdown(toMarkdownHere(html)), html)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
    }
  }
  fc.assert(fc.property(typed.html, settled('html')), runs(60))
  fc.assert(fc.property(typed.markdown, settled('markdown')), runs(60))
  const broken = fc.array(
    fc.oneof(
      typed.html.map(html => html.slice(0, html.length / 2)),
      typed.text,
    ),
    { maxLength: 4 },
  )
  fc.assert(
    fc.property(
      broken.map(parts => parts.join('</')),
      settled('html'),
    ),
    runs(60),
  )
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), settled('markdown')), runs(60))
})

test('Plain paragraphs say exactly what was written', () => {
  const paragraphs = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), {
    minLength: 1,
    maxLength: 4,
  })
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
  const same = fc.property(paragraphs, all => {
    const said = all.map(cleanLine).filter(text => text !== '')
    const body = all.map(text => `<p>${escaped(text)}</p>`).join('')
    try {
      const { text, html } = composeHere({ body, format: 'html' }, options)
      assert.deepEqual(text.split('\n').map(cleanLine), said)
      assert.equal(html.match(/<p>/g)?.length, said.length)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
    }
  })
  fc.assert(same, runs(100))
  const words = fc.stringMatching(/^[\p{L}\p{N}][\p{L}\p{N},;’“” €%]{0,30}$/u)
  const plain = fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), all => {
    const { text } = composeHere({ body: all.join('\n\n'), format: 'markdown' }, options)
    assert.deepEqual(text.split('\n'), all.map(cleanLine))
  })
  fc.assert(plain, runs(100))
})
