import type { Logo } from './registry/appearance.ts'

/** The largest that a logo stands on a page, in CSS pixels. */
const shown = { width: 320, height: 40 }

/** In pixels: as large as screens with three of them to one of CSS can show. */
export const logoBox = { width: shown.width * 3, height: shown.height * 3 }

/** In pixels: the largest that a phone takes for its start page. */
export const faviconBox = { width: 192, height: 192 }

/** A logo as the header shows it: never larger than it is. */
export function shownLogo(logo: Logo | null) {
  if (!logo) return null
  const { path: src, plate } = logo
  const scale = Math.min(1, shown.width / logo.width, shown.height / logo.height)
  const [width, height] = [logo.width, logo.height].map(pixels => Math.max(1, Math.round(pixels * scale)))
  return { src, plate, width: width ?? 1, height: height ?? 1 }
}
