import { type Carried, placeFrom } from '../posts/index.ts'

interface CarriedFields {
  readonly carry?: string | undefined
  readonly title?: string | undefined
  readonly body?: string | undefined
  readonly format: 'markdown' | 'html'
}

/** What the fields of a form carry; null when that is nothing. */
export function carriedOf({ carry, title = '', body = '', format }: CarriedFields): Carried | null {
  const place = placeFrom(carry)
  if (!place || (title.trim() === '' && body.trim() === '')) return null
  return { place, title: title || null, body, format }
}

/** The hidden fields that carry it on. */
export function fieldsOf({ place, title, body, format }: Carried): Record<string, string> {
  return { carry: place, ...(title && { title }), body, format }
}
