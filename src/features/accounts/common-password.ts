import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Words that passwords are made of: the list guessers begin with is these, decorated. */
const words = readFileSync(join(import.meta.dirname, 'common-words.txt'), 'utf8')
  .split(/\s+/)
  .filter(Boolean)

/** Ways fingers walk: alphabets, rows, columns and zigzags of keyboards, number pads. */
const walks = [
  ...['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop[]', 'asdfghjkl;', 'zxcvbnm,./', '!@#$%^&*()_+'],
  ...['qwertzuiopü', 'azertyuiop', 'qsdfghjklm', 'йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю'],
  ...[
    '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/',
    'qazwsxedcrfvtgbyhnujm',
    'zaq12wsxcde34rfvbgt5',
    'zaqxswcdevfrbgtnhymju',
  ],
  ...[
    '12qwaszx',
    '1q2w3e4r5t6y7u8i9o0p',
    'q1w2e3r4t5y6u7i8o9p0',
    '1a2b3c4d5e6f7g8h9i',
    'a1b2c3d4e5f6g7h8i9',
    '1029384756',
  ],
  ...[
    '147258369',
    '159753',
    '159357',
    '789456123',
    '963852741',
    '741852963',
    '14789632',
    '112233445566778899',
    '135792468',
  ],
]
const bothWays = walks.flatMap(walk => [walk, [...walk].reverse().join('')])

const plainLetter: Record<string, string> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/**
 * Whether those who guess passwords would try this one early: a common word or one of `own` (the member's name, the
 * forum's), a walk over the keyboard or a repetition, dressed up with a few digits, marks or a letter or two.
 */
export function isCommonPassword(password: string, own: readonly string[] = []): boolean {
  const typed = password.normalize('NFKC').toLowerCase()
  const known = [...words, ...own.map(packed).filter(word => word.length >= 4)]
  return [typed, packed(typed)].some(text => isFiller(text, 4) || isRepeated(text, known) || isDressed(text, known))
}

function packed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s._-]/g, '')
}

function isRepeated(text: string, known: readonly string[]): boolean {
  const unit = /^(.{1,12}?)\1+$/u.exec(text)?.[1]
  return unit !== undefined && (unit.length <= 3 || isFiller(unit, 4) || isDressed(unit, known))
}

/** One known word, also with digits for letters, and little more. */
function isDressed(text: string, known: readonly string[]): boolean {
  const plain = text.replace(/[013457@$!]/g, mark => plainLetter[mark] ?? mark)
  const l = text.replaceAll('1', 'l').replace(/[03457@$!]/g, mark => plainLetter[mark] ?? mark)
  return known.some(word => [text, plain, l].some(look => isAround(word, look, text)))
}

function isAround(word: string, look: string, text: string): boolean {
  const at = look.indexOf(word)
  return at >= 0 && isFiller(text.slice(0, at) + text.slice(at + word.length), 6)
}

/** Nothing but walks, repetitions, and at most so many other characters, of which two may be letters. */
function isFiller(text: string, most: number): boolean {
  const rest = withoutWalks(text).replace(/(.)\1{2,}/gu, '')
  return [...rest].length <= most && (rest.match(/\p{L}/gu)?.length ?? 0) <= 2
}

function withoutWalks(text: string): string {
  let rest = ''
  for (let at = 0; at < text.length; ) {
    const walked = walkAt(text, at)
    if (walked < 3) rest += text[at]
    at += walked < 3 ? 1 : walked
  }
  return rest
}

/** How many characters from here on follow one walk. */
function walkAt(text: string, at: number): number {
  let longest = 0
  while (at + longest < text.length && bothWays.some(walk => walk.includes(text.slice(at, at + longest + 1)))) longest++
  return longest
}
