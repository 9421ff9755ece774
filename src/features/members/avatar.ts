const colours = 24

/** What stands for someone without a picture: the first letter, on one of 24 colours that their name decides. */
export function avatarOf(name: string): { initial: string; colour: number } {
  const [first] = new Intl.Segmenter().segment(name.trim())
  const sum = [...name.normalize('NFC')].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7)
  return { initial: (first?.segment ?? '?').toLocaleUpperCase('en'), colour: sum % colours }
}
