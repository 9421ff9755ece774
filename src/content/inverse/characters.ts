/** The end of a line counts as a space, as it does for Markdown. */
export function isSpace(character: string | undefined): boolean {
  return character === undefined || character === '' || /\s/.test(character)
}

export function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}

export function isPunctuation(character: string | undefined): boolean {
  return character !== undefined && /[!-/:-@[-`{-~]/.test(character)
}

/**
 * The text without these characters at its start and end. In one pass: an expression that is tied to the end alone takes
 * the square of the time for a long run of them in the middle.
 */
export function trimmedOf(text: string, atStart: string, atEnd: string): string {
  let start = 0
  let end = text.length
  while (start < end && atStart.includes(text.charAt(start))) start++
  while (end > start && atEnd.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}
