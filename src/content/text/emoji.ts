const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// One of these is in every emoji: a picture, a letter of a flag, or the frame around a key.
const traces = /[\p{Extended_Pictographic}\p{Regional_Indicator}]|\u20E3/gu

// Signs of plain writing such as © ™ ↔, which are pictures only when they ask for it.
const plainSign = /^[\u00A9\u00AE\u2000-\u22FF]/

/** How many emoji a person counts: a flag, a family or a key is one. */
export function countEmoji(text: string): number {
  let count = 0
  for (const { segment } of graphemes.segment(text)) if (isEmoji(segment)) count++
  return count
}

/** The same question without counting where the answer is plain: finding characters is slow in a long text. */
export function hasMoreEmoji(text: string, most: number): boolean {
  const possible = text.match(traces)?.length ?? 0
  return possible > most && countEmoji(text) > most
}

function isEmoji(grapheme: string): boolean {
  if (/\p{Regional_Indicator}{2}/u.test(grapheme) || /^[0-9#*]\uFE0F?\u20E3/.test(grapheme)) return true
  if (!/\p{Extended_Pictographic}/u.test(grapheme)) return false
  if (plainSign.test(grapheme)) return grapheme.includes('\uFE0F')
  return !grapheme.includes('\uFE0E')
}
