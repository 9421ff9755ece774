/** The accents to choose from: hues of `styles/hues.css`, 15 degrees apart. Contrast is right with each of them. */
export const accents = {
  aegean: 16,
  indigo: 18,
  violet: 20,
  plum: 22,
  rose: 0,
  coral: 2,
  amber: 4,
  olive: 7,
  leaf: 10,
  teal: 12,
  sky: 14,
} as const

export type Accent = keyof typeof accents

/** The number of its hue. */
export function hueOf(accent: string): number {
  return accents[accent as Accent] ?? accents.aegean
}
