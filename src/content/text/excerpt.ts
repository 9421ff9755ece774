const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The beginning of a text on one line, at most `length` UTF-16 units, cut between words and marked with "…". */
export function excerpt(text: string, length: number): string {
  // What lies far behind the cut need not be looked at, however long the text is.
  const line = text
    .slice(0, length * 4 + 1000)
    // A cut could leave the direction turned for what follows.
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= length) return line
  const cut = line.lastIndexOf(' ', length - 1)
  const end = cut > length / 2 ? cut : lastBoundary(line, length - 1)
  return `${line.slice(0, end).replace(/(?<![\s\p{Pd},;:.])[\s\p{Pd},;:.]+$/u, '')}…`
}

/** The end of the last whole character, as a person counts characters, that fits into `length`. */
function lastBoundary(line: string, length: number): number {
  let end = 0
  for (const { index, segment } of graphemes.segment(line.slice(0, length + 100))) {
    if (index + segment.length > length) break
    end = index + segment.length
  }
  return end
}
