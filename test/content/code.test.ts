import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages as offered } from '../../src/browser/editor/schema/code.ts'
import { languages } from '../../src/content/code/languages.ts'
import { paintHere } from '../../src/content/code/paint.ts'
import { quotePart, quotesOf, textOf, toMarkdown, withNameChanged } from '../../src/content/index.ts'
import { assertSameWhenSaved, composed, html, pasted } from './support/compose.ts'
import { assertHarmless } from './support/harmless.ts'

const code = `const a = \`x \${1}\` // <b>\nclass B {}`
const fenced = (language: string, text = code) => `\`\`\`${language}\n${text}\n\`\`\``

test('Code in a language that is known is shown in colours under its name, and says the same as before', async () => {
  const { html: stored, text } = await composed(fenced('javascript'))
  assert.equal(
    stored,
    '<pre data-language="JavaScript"><code class="language-javascript"><span class="code-word">const</span> a = ' +
      `<span class="code-text">\`x </span>\${<span class="code-value">1</span>}` +
      '<span class="code-text">`</span> ' +
      '<span class="code-note">// &lt;b&gt;</span>\n<span class="code-word">class</span> <span class="code-name">B</span> {}</code></pre>',
  )
  assert.deepEqual([text, textOf(stored), await toMarkdown(stored)], [code, code, fenced('javascript')])
  await assertSameWhenSaved(stored)
  assert.equal(
    await quotesOf([{ postId: 5, name: 'Ann', html: stored }]),
    `> [Ann wrote:](/post/5)\n>\n${fenced('javascript').replace(/^/gm, '> ')}\n\n`,
  )
  assert.ok(
    (await quotePart({ postId: 5, name: 'Ann' }, stored, { maxLength: 999 })).includes(code.split('\n')[0] ?? '-'),
  )
  assert.equal(withNameChanged(stored, { member: 1, posts: new Set(), name: 'x', mentioned: null }), stored)
  assert.equal(paintHere(stored), stored)
})

test('Code of no language, of another one, of endless lines or without end stays plain', async () => {
  for (const body of [
    fenced(''),
    fenced('constructor'),
    fenced('js', `x = "${'y'.repeat(400)}"`),
    fenced('js', 'let a\n'.repeat(1400)),
  ]) {
    const stored = await html(body)
    assert.ok(!stored.includes('<span'), stored.slice(0, 200))
    await assertSameWhenSaved(stored)
  }
  const many = await html(`${fenced('json', '[1,\n'.repeat(1000))}\n\n`.repeat(20))
  assert.ok(many.includes('<span'))
  await assertSameWhenSaved(many)
})

test('Colours that somebody sends are not taken over', async () => {
  assert.equal(
    await pasted(
      '<pre data-language="x"><code class="language-css"><span class="code-word hljs-x" style="x">b</span>{}</code></pre>',
    ),
    '<pre data-language="CSS"><code class="language-css"><span class="code-word">b</span>{}</code></pre>',
  )
})

test('The editor offers the languages that have colours, and every one of them can be read', async () => {
  const known = Object.entries(languages).map(([name, { label }]) => [name, label])
  assert.deepEqual(offered, known)
  const source = 'if (a == "b") { // <x y="1">\n# "c" /* d */ \n- e: 1\n'
  const stored = await html(known.map(([name = '']) => fenced(name, source.trim())).join('\n\n'))
  assert.equal(stored.match(/<pre data-language=/g)?.length, known.length)
  assertHarmless(stored, source)
  await assertSameWhenSaved(stored)
})

test('Code made to keep the highlighter busy is answered soon', async () => {
  for (const [language, text] of [
    ['markdown', '[a]('.repeat(2000)],
    ['csharp', 'new a\n'.repeat(1300)],
    ['ini', 'a.b\n'.repeat(1990)],
    ['html', '<script>html`'.repeat(30)],
  ] as const) {
    const before = process.cpuUsage()
    await html(fenced(language, text))
    const { user, system } = process.cpuUsage(before)
    assert.ok((user + system) / 1000 < 2000, `${language} takes ${(user + system) / 1000} ms`)
  }
})
