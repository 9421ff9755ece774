import { createRequire } from 'node:module'

/** UTF-16 units. No name and no address is that long; what lies behind would only cost time. */
const mostRead = 1000

const load = createRequire(import.meta.url)

/** Its six thousand signs take a megabyte: it comes with the first name that is looked for. */
let unhomoglyph: ((text: string) => string) | undefined

/** What shows nothing, and what people put between words. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{C}\p{Z}\s_.\-·'\u2800]/gu

/**
 * The key under which names count as the same: compatibility forms folded (NFKC), case and characters that look alike
 * made one (the skeleton of Unicode UTS 39), and spaces, invisible characters and the marks between words left out.
 */
export function nameKey(name: string): string {
  const seen = name
    .slice(0, mostRead)
    .normalize('NFKC')
    .replace(unseen, '')
    .replace(/İ/g, 'I')
    .replace(/(?<=[ijl])\u0307/giu, '')
  const key = [...seen].map(lookOf).join('').normalize('NFKC').replace(unseen, '')
  return key.replaceAll('rn', 'm').replaceAll('vv', 'w')
}

/**
 * One look for a letter in both cases: what its capital resembles if that is plain ASCII, else what its small form does
 * (the capitals of Greek ν and Cyrillic в are N and B, and only one answer can be the key).
 */
function lookOf(letter: string): string {
  unhomoglyph ??= load('unhomoglyph') as (text: string) => string
  const capital = letter.toUpperCase()
  const asCapital = unhomoglyph(capital).toLowerCase()
  return isAscii(asCapital) ? asCapital : unhomoglyph(capital.toLowerCase()).toLowerCase()
}

function isAscii(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text)
}

/** The key under which addresses count as the same. */
export function emailKey(email: string): string {
  return email.trim().slice(0, mostRead).normalize('NFKC').toLowerCase()
}
