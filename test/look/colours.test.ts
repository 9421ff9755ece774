import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkContrast } from '../../src/features/admin/look/check-contrast.ts'
import { type Colour, contrast, readColour } from '../../src/features/admin/look/colours.ts'
import { readSheet } from '../../src/features/admin/look/sheet.ts'
import { grounds, leastContrast, readable } from '../../src/features/admin/look/tokens.ts'
import { expand, type Scheme } from '../../src/features/admin/look/values.ts'

const folder = join(import.meta.dirname, '../../src/styles')
const rules = readSheet(readFileSync(join(folder, 'tokens.css'), 'utf8'))

/** The tokens of the sheet's first rule, for a page whose accent has this hue. */
function tokens(scheme: Scheme, hue: number): (name: string) => Colour {
  const names = new Map([...(rules[0]?.values ?? []), ['--hue', String(hue)]] as [string, string][])
  const known = new Map<string, Colour | null>()
  return name => {
    const colour = known.get(name) ?? readColour(expand(`var(--${name})`, names, scheme) ?? '')
    assert.ok(colour, `tokens.css has no colour --${name}`)
    known.set(name, colour)
    return colour
  }
}

const visible: typeof readable = [
  ['line-field', grounds],
  ['accent', grounds],
  ['accent-solid', ['surface']],
]

for (const scheme of ['light', 'dark'] as const) {
  test(`text can be read in the ${scheme} theme, whichever hue an administrator chooses`, () => {
    for (let hue = 0; hue < 360; hue += 3) expectContrast(tokens(scheme, hue), readable, leastContrast, `hue ${hue}`)
  })

  test(`the edges of fields and the focus can be seen in the ${scheme} theme`, () => {
    const wanted = scheme === 'light' ? visible : visible.slice(0, 2)
    for (let hue = 0; hue < 360; hue += 3) expectContrast(tokens(scheme, hue), wanted, 3, `hue ${hue}`)
  })
}

test('the letter on an avatar can be read on every hue', () => {
  const avatar = readFileSync(join(folder, 'avatar.css'), 'utf8')
  const [, ground = ''] = /background: (oklch\([\d.]+ [\d.]+ var\(--hue\)\))/.exec(avatar) ?? []
  for (let hue = 0; hue < 360; hue += 3) {
    const names = new Map([['--hue', String(hue)]])
    const colours = ['white', ground].map(value => readColour(expand(value, names, 'light') ?? ''))
    const [text, back] = colours
    assert.ok(text && back)
    const found = contrast(text, back)
    assert.ok(found >= 4.5, `white on hue ${hue}: ${found.toFixed(2)}`)
  }
})

function expectContrast(colourOf: (name: string) => Colour, pairs: typeof readable, least: number, where: string) {
  for (const [front, backs] of pairs) {
    for (const back of backs) {
      const found = contrast(colourOf(front), colourOf(back))
      assert.ok(found >= least, `${front} on ${back}, ${where}: ${found.toFixed(2)}`)
    }
  }
}

/** What a style sheet of the forum's own makes hard to read: where, in which theme, and how much is left. */
function faint(css: string): string[] {
  const house = ['tokens', 'base', 'button'].map(name => readFileSync(join(folder, `${name}.css`), 'utf8')).join('\n')
  return checkContrast(css, house, 243).map(({ selector, tokens: pair, scheme, ratio }) =>
    [selector, ...(pair ? [`${pair.text} on ${pair.ground}`] : []), scheme, ratio].join(' '),
  )
}

test('a style sheet of the forum’s own is told what it makes hard to read, in which theme', () => {
  const found: [css: string, told: string[]][] = [
    ['.x { color: #777; background: #888 }', ['.x both 1.2']],
    ['.x { color: #777 !important; color: #000 } .x { background: #888 }', ['.x both 1.2']],
    ['.x, .y { color: #767676; background: white }', []],
    ['a { color: red }', ['a light 3.7']],
    ['.x { background: #111 } .x a:hover { color: #eee }', ['.x light 1.1']],
    ['.button.primary { background: #ffd }', ['.button.primary both 1']],
    ['.button.primary { color: white }', []],
    ['body { background: #111 }', ['body light 1.1']],
    ['body { background: #111; color: rgb(238 238 238 / 90%) }', []],
    [':root { --ink: #ccc }', [':root ink on accent-soft light 1.4']],
    ['[data-theme="dark"] { --ink: #444 }', [':root ink on accent-soft dark 1.3']],
    ['@media (prefers-color-scheme: dark) { .x { background: #eee } }', ['.x dark 1']],
    [':root { --own: #c60; --accent: var(--own) }', [':root accent on accent-soft both 3.3']],
    [
      '.card { --ink: hsl(0 0% 73%); & p { color: oklch(0.9 0 0) } }',
      ['.card p light 1.2', '.card ink on accent-soft light 1.7'],
    ],
    ['.x { color: color-mix(in srgb, red, blue); background: url(/a.png) } @media print { a { color: red } }', []],
  ]
  for (const [css, told] of found) assert.deepEqual(faint(css), told, css)
})

test('whatever is repeated in it, a style sheet of 100 KB is looked at in no time', () => {
  const pieces = [
    'a{--ink:red}',
    'a,b{',
    'a{color:var(--b,var(--c))}',
    ':root{--b:var(--c)var(--c);--c:var(--b)}',
    '@media x{a{',
    '(',
  ]
  const begun = process.cpuUsage()
  for (const piece of pieces) {
    const css = piece.repeat(100_000 / piece.length)
    try {
      faint(css + '}'.repeat(css.split('{').length - css.split('}').length))
    } catch (error) {
      assert.equal((error as Error).name, 'CssSyntaxError', piece)
    }
  }
  const { user, system } = process.cpuUsage(begun)
  assert.ok(user + system < 3_000_000, `${user + system} µs`)
})
