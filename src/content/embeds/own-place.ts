/** A page of a forum that has a card. */
export type OwnPlace = { readonly kind: 'topic' | 'post' | 'member'; readonly id: number }

/**
 * The topic, post or member that an address is about, and whose forum that is: the reader's own one only if `origin` is
 * ours. Null for any other address.
 */
export function placeOf(href: string): { readonly origin: string; readonly place: OwnPlace } | null {
  const url = URL.parse(href)
  if (!url || url.username || url.password) return null
  const [, room = '', number] = /^\/(topic|post|profile)\/([1-9]\d{0,9})(?:-[^/]*)?\/?$/.exec(url.pathname) ?? []
  const id = idFrom(number)
  if (id === null) return null
  const post = room === 'topic' ? postIn(url) : null
  const kind = room === 'profile' ? 'member' : (room as 'topic' | 'post')
  return { origin: url.origin, place: post === null ? { kind, id } : { kind: 'post', id: post } }
}

/** The one post to which the address of a topic leads. */
function postIn({ searchParams, hash }: URL): number | null {
  const asked = searchParams.get('do') === 'findComment' ? searchParams.get('comment') : null
  return idFrom(asked ?? /^#(?:post|comment|findComment)-(\d+)$/.exec(hash)?.[1])
}

/** Neither database has ids beyond this. */
function idFrom(digits: string | null | undefined): number | null {
  const id = /^[1-9]\d{0,9}$/.test(digits ?? '') ? Number(digits) : 0
  return id > 0 && id <= 2_147_483_647 ? id : null
}
