/** Under which theme a picture that lets the page through would hardly be seen, and needs something behind it. */
export type Plate = 'none' | 'light' | 'dark'

/** Luminances, 0 to 1: below the first hardly anything is seen on a dark page, above the second on a light one. */
const [darkest, lightest] = [0.065, 0.6]

/** Black letters beside a bright sign are lost on a dark page; white spots in a sign are no loss on a light one. */
const [lostOnDark, lostOnLight] = [0.25, 0.6]

/**
 * Which theme a picture needs a plate under, from its pixels (RGBA, a byte each). What fills its frame carries its own
 * ground and needs none. Luminance: WCAG 2.2, "relative luminance".
 */
export function plateFor(pixels: Uint8Array): Plate {
  let [dark, light, seen] = [0, 0, 0]
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0
    const luminance = luminanceOf(pixels, at)
    seen += alpha
    if (luminance < darkest) dark += alpha
    if (luminance > lightest) light += alpha
  }
  const isFilled = seen > 255 * (pixels.length / 4) * 0.98
  if (seen === 0 || isFilled) return 'none'
  if (dark > seen * lostOnDark) return 'dark'
  return light > seen * lostOnLight ? 'light' : 'none'
}

function luminanceOf(pixels: Uint8Array, at: number): number {
  const [red, green, blue] = [0, 1, 2].map(offset => linear(pixels[at + offset] ?? 0))
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

function linear(value: number): number {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
