import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

type Scheme = 'light' | 'dark'
type Colour = [lightness: number, chroma: number, hue: number]

const css = readFileSync(join(import.meta.dirname, '../../src/styles/tokens.css'), 'utf8')
const oklch = /oklch\(([\d.]+) ([\d.]+) (var\(--hue-accent\)|[\d.]+)\)/g

/** The tokens of the sheet's first rule, for a page whose accent has this hue. */
function tokens(scheme: Scheme, accentHue: number): Record<string, Colour> {
  const rule = css.slice(0, css.indexOf('}'))
  return Object.fromEntries(
    [...rule.matchAll(/--([\w-]+):([^;]+);/g)].flatMap(([, name = '', value = '']) => {
      const colours = [...value.matchAll(oklch)]
      const [, lightness, chroma, hue = ''] = (scheme === 'dark' ? colours.at(-1) : colours[0]) ?? []
      if (!lightness) return []
      return [[name, [Number(lightness), Number(chroma), hue.startsWith('var') ? accentHue : Number(hue)]]]
    }),
  )
}

/** Relative luminance as WCAG defines it; what lies outside of sRGB is clipped, as browsers do. Björn Ottosson's matrices. */
function luminance([lightness, chroma, hue]: Colour): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number) => Math.min(1, Math.max(0, value))
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: Colour, other: Colour): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((x, y) => x - y) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['ground', 'surface', 'raised']
const soft = ['accent-soft', 'fresh-soft', 'success-soft', 'warning-soft', 'danger-soft']
const readable: [text: string, on: string[]][] = [
  ['ink', [...grounds, ...soft]],
  ['ink-2', [...grounds, ...soft]],
  ['ink-3', [...grounds, 'accent-soft']],
  ['accent', [...grounds, ...soft]],
  ['fresh', [...grounds, 'fresh-soft']],
  ['success', [...grounds, 'success-soft']],
  ['warning', [...grounds, 'warning-soft']],
  ['danger', [...grounds, 'danger-soft']],
  ['on-solid', ['accent-solid', 'accent-solid-hover', 'danger-solid', 'danger-solid-hover']],
]
const visible: [edge: string, on: string[]][] = [
  ['line-field', grounds],
  ['accent', grounds],
  ['accent-solid', ['surface']],
]

for (const scheme of ['light', 'dark'] as const) {
  test(`text can be read in the ${scheme} theme, whichever hue an administrator chooses`, () => {
    for (let hue = 0; hue < 360; hue += 3) expectContrast(tokens(scheme, hue), readable, 4.5, `hue ${hue}`)
  })

  test(`the edges of fields and the focus can be seen in the ${scheme} theme`, () => {
    const wanted = scheme === 'light' ? visible : visible.slice(0, 2)
    for (let hue = 0; hue < 360; hue += 3) expectContrast(tokens(scheme, hue), wanted, 3, `hue ${hue}`)
  })
}

test('the letter on an avatar can be read on every hue', () => {
  const avatar = readFileSync(join(import.meta.dirname, '../../src/styles/avatar.css'), 'utf8')
  const [, lightness, chroma] = /background: oklch\(([\d.]+) ([\d.]+) var\(--hue\)\)/.exec(avatar) ?? []
  for (let hue = 0; hue < 360; hue += 3) {
    const found = contrast([1, 0, 0], [Number(lightness), Number(chroma), hue])
    assert.ok(found >= 4.5, `white on hue ${hue}: ${found.toFixed(2)}`)
  }
})

function expectContrast(colours: Record<string, Colour>, pairs: [string, string[]][], least: number, where: string) {
  for (const [front, backs] of pairs) {
    for (const back of backs) {
      const found = contrast(colourOf(colours, front), colourOf(colours, back))
      assert.ok(found >= least, `${front} on ${back}, ${where}: ${found.toFixed(2)}`)
    }
  }
}

function colourOf(colours: Record<string, Colour>, name: string): Colour {
  const colour = colours[name]
  assert.ok(colour, `tokens.css has no --${name}`)
  return colour
}
