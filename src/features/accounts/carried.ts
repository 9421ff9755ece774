/** Where a text belongs: a reply's topic, or a new topic's forum. */
export type Place = { readonly topic: number } | { readonly forum: number }

/** What somebody wrote and could not send without signing in. */
export interface Carried {
  readonly place: Place
  readonly title: string
  readonly body: string
  readonly format: 'markdown' | 'html'
}

interface CarriedFields {
  readonly topic?: number | undefined
  readonly forum?: number | undefined
  readonly title?: string | undefined
  readonly body?: string | undefined
  readonly format: 'markdown' | 'html'
}

/** What the fields of a form carry; null when that is nothing. */
export function carriedOf({ topic, forum, title = '', body = '', format }: CarriedFields): Carried | null {
  const place = placeOf(topic, forum)
  if (!place || (title.trim() === '' && body.trim() === '')) return null
  return { place, title, body, format }
}

function placeOf(topic?: number, forum?: number): Place | null {
  if (topic !== undefined) return { topic }
  return forum === undefined ? null : { forum }
}

/** The hidden fields that carry it on. */
export function fieldsOf({ place, title, body, format }: Carried): Record<string, string> {
  const [kind, id] = 'topic' in place ? ['topic', place.topic] : ['forum', place.forum]
  return { [kind]: String(id), ...(title && { title }), body, format }
}

export function isSamePlace(one: Place, other: Place): boolean {
  return 'topic' in one ? 'topic' in other && one.topic === other.topic : 'forum' in other && one.forum === other.forum
}
