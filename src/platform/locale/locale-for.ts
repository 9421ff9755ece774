import { defaultLocale, locales, pseudoLocale } from './translator.ts'

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur', 'yi', 'ps', 'sd', 'ug', 'dv', 'ckb'])

/** Whether pages can be shown in this locale. */
export function isLocale(value: unknown): value is string {
  return typeof value === 'string' && locales.includes(value)
}

/** The locale for someone with this cookie and `Accept-Language`; the cookie, a choice, goes first. */
export function localeFor(cookie: string | undefined, acceptLanguage: string | undefined): string {
  if (isLocale(cookie)) return cookie
  if (!acceptLanguage) return defaultLocale
  for (const wanted of byPreference(acceptLanguage)) {
    const found = shown.find(locale => matches(locale.toLowerCase(), wanted))
    if (found) return found
  }
  return defaultLocale
}

/** The way a locale is written. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return rightToLeft.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr'
}

const shown = locales.filter(locale => locale !== pseudoLocale)

function matches(locale: string, wanted: string): boolean {
  return locale === wanted || wanted.startsWith(`${locale}-`) || locale.startsWith(`${wanted}-`)
}

/** A browser names a handful; whoever sends hundreds is not worth sorting. */
function byPreference(header: string): string[] {
  return header
    .slice(0, 200)
    .split(',')
    .map(part => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.map(text => text.trim()).find(text => text.startsWith('q='))
      return { tag: tag.trim(), weight: weight ? Number(weight.slice(2)) || 0 : 1 }
    })
    .filter(({ tag, weight }) => tag && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}
