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
