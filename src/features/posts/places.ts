/** Where something is being written: a reply to a topic, a new topic in a forum, or the edit of a post. */
export type Place = `topic:${number}` | `forum:${number}` | `post:${number}`

/** The place that a form names; null when it names none. */
export function placeFrom(value: unknown): Place | null {
  const matches = typeof value === 'string' && /^(?:topic|forum|post):[1-9]\d{0,9}$/.test(value)
  return matches ? (value as Place) : null
}

const paths = {
  topic: (id: string) => `/topic/${id}/#reply`,
  forum: (id: string) => `/forum/${id}/new-topic`,
  post: (id: string) => `/post/${id}/edit`,
}

/** Where whoever writes there goes on: the page that shows the form. */
export function placePath(place: Place): string {
  const [kind = 'topic', id = ''] = place.split(':') as [keyof typeof paths, string]
  return paths[kind](id)
}

/** The page on which the place is read. */
export function readingPath(place: Place): string {
  const [kind, id] = place.split(':')
  return kind === 'post' ? `/post/${id}` : `/${kind}/${id}/`
}

/** The short permalink, which leads to the right page of the topic. */
export function postPath(post: { readonly id: number }): string {
  return `/post/${post.id}`
}
