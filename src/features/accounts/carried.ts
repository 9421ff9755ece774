import { type Carried, placeFrom } from '../posts/index.ts'

interface CarriedFields {
  readonly carry?: string | undefined
  readonly title?: string | undefined
  readonly prefix?: number | undefined
  readonly body?: string | undefined
  readonly format: 'markdown' | 'html'
}

/** What the fields of a form carry; null when that is nothing. */
export function carriedOf({ carry, title = '', prefix, body = '', format }: CarriedFields): Carried | null {
  const place = placeFrom(carry)
  if (!place || (title.trim() === '' && body.trim() === '')) return null
  return { place, title: title || null, prefix: prefix ?? null, body, format }
}

/** The hidden fields that carry it on. */
export function fieldsOf({ place, title, prefix, body, format }: Carried): Record<string, string> {
  return { carry: place, ...(title && { title }), ...(prefix && { prefix: String(prefix) }), body, format }
}
