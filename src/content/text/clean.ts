import { turningInside, withoutUnseen } from './unseen.ts'

// Control characters except tab and line feed, halves of surrogate pairs, the byte order mark and the noncharacters:
// PostgreSQL takes no NUL, feeds are no XML with the others, and no one can see any of them.
const unwanted = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFEFF]/gu

/**
 * Text as it may be kept: one kind of line end, nothing that a store or a feed cannot hold or that nobody sees, no more
 * marks on a letter than a language has; all else untouched.
 */
export function cleanText(text: string): string {
  return withoutUnseen(text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(unwanted, ''))
}

/** The same for a title or a name: one line, single spaces, none at the ends, and nothing that turns what follows it. */
export function cleanLine(text: string): string {
  return turningInside(cleanText(text)).replace(/\s+/g, ' ').trim()
}

// Beside spaces, marks and format characters: letters that are drawn as nothing.
const invisible = /[\p{Z}\p{M}\p{Cf}\p{Cc}\u115F\u1160\u3164\uFFA0\u2800]/gu

/** Whether a person sees anything: spaces and zero-width characters alone are nothing. */
export function isVisible(text: string): boolean {
  return text.replace(invisible, '') !== ''
}
