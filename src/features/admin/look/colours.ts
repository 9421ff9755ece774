import colour from '@img/colour'

/** Its types speak of a module with a `default`; there is only what would be in it. */
const colourOf = colour as unknown as typeof colour.default

/** Red, green and blue of sRGB from 0 to 1, and how much of it covers what is behind. */
export interface Colour {
  readonly rgb: readonly [red: number, green: number, blue: number]
  readonly alpha: number
}

const number = '([+-]?[\\d.]{1,12})(%?)'
const okColour = new RegExp(
  `^(oklch|oklab)\\(\\s*${number}\\s+${number}\\s+${number}(?:deg)?(?:\\s*/\\s*${number})?\\s*\\)$`,
  'i',
)

/** What CSS means by this; null: no colour, or one that is written in a way we do not know. */
export function readColour(css: string): Colour | null {
  const text = css.trim().toLowerCase()
  if (text === '' || text.length > 100) return null
  const ok = okColour.exec(text)
  if (ok) return readOk(ok)
  try {
    const { r = 0, g = 0, b = 0, alpha = 1 } = colourOf(text).rgb().object()
    return { rgb: [r / 255, g / 255, b / 255], alpha }
  } catch {
    return null
  }
}

function readOk(found: readonly string[]): Colour | null {
  const at = (index: number, whole: number) => Number(found[index]) * (found[index + 1] === '%' ? whole / 100 : 1)
  const [lightness, second, third] = [at(2, 1), at(4, 0.4), at(6, found[1] === 'oklab' ? 0.4 : 1)]
  const alpha = found[8] === undefined ? 1 : Math.min(1, Math.max(0, at(8, 1)))
  const turn = (third * Math.PI) / 180
  const rgb =
    found[1] === 'oklab'
      ? fromOk(lightness, second, third)
      : fromOk(lightness, second * Math.cos(turn), second * Math.sin(turn))
  return rgb.every(Number.isFinite) && Number.isFinite(alpha) ? { rgb, alpha } : null
}

/** Björn Ottosson's matrices; what lies outside of sRGB is clipped, as browsers do. */
function fromOk(lightness: number, a: number, b: number): Colour['rgb'] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

function encode(light: number): number {
  const value = Math.min(1, Math.max(0, light))
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055
}

function decode(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** What one sees of a colour before another one, which covers all that is behind it. */
export function over(front: Colour, back: Colour): Colour {
  const mix = (at: 0 | 1 | 2) => front.rgb[at] * front.alpha + back.rgb[at] * (1 - front.alpha)
  return { rgb: [mix(0), mix(1), mix(2)], alpha: 1 }
}

/** The contrast of two colours as WCAG 2.2 defines it, from 1 to 21; the text may let the ground shine through. */
export function contrast(text: Colour, ground: Colour): number {
  const [dark, light] = [luminance(over(text, ground)), luminance(ground)].sort((one, other) => one - other) as [
    number,
    number,
  ]
  return (light + 0.05) / (dark + 0.05)
}

function luminance({ rgb: [red, green, blue] }: Colour): number {
  return 0.2126 * decode(red) + 0.7152 * decode(green) + 0.0722 * decode(blue)
}
