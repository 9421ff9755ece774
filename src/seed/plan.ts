import type { Random } from './random.ts'

const day = 24 * 60 * 60 * 1000
const years = 6 * 365 * day

export interface Wanted {
  readonly members: number
  readonly topics: number
  readonly posts: number
}

/** When members joined, and who writes how much: a few very much, most a little. */
export interface MemberPlan {
  readonly joinedAt: Float64Array
  /** Chooses an author who had joined by then. */
  author(random: Random, at: number): number
}

/** Which topic each post belongs to and when it was written, in the order of time. */
export interface PostPlan {
  readonly topicOf: Int32Array
  readonly at: Float64Array
}

/** Members join over the years, earliest first. */
export function planMembers(random: Random, members: number, end: number): MemberPlan {
  const joinedAt = Float64Array.from({ length: members }, () => end - years * random.next() ** 0.8).sort()
  // The first are there from the beginning, so that nobody writes before joining.
  for (let index = 0; index < Math.min(5, members); index++) joinedAt[index] = end - years - day
  const joinedBy = (at: number) => {
    let [low, high] = [1, members]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((joinedAt[middle - 1] as number) <= at) low = middle
      else high = middle - 1
    }
    return low
  }
  return { joinedAt, author: (random, at) => Math.floor(joinedBy(at) * random.next() ** 2.2) }
}

/** Shares the posts out: one topic of 10,000 replies where there are enough, many of a few, some of hundreds. */
export function planTopicSizes(random: Random, { topics, posts }: Wanted): Int32Array {
  const sizes = new Int32Array(topics).fill(1)
  const longest = Math.min(10_000, Math.floor((posts - topics) / 4))
  // Begun early, so that there was time for all of it.
  if (topics > 1) sizes[topics >> 4] = longest + 1
  const weights = Float64Array.from({ length: topics }, () => 1 / (0.02 + random.next() ** 1.5))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let left = posts - sizes.reduce((sum, size) => sum + size, 0)
  const share = left / total
  for (let index = 0; index < topics && left > 0; index++) {
    const more = Math.min(left, Math.floor((weights[index] as number) * share + random.next()))
    sizes[index] = (sizes[index] as number) + more
    left -= more
  }
  for (; left > 0; left--) {
    const index = random.below(topics)
    sizes[index] = (sizes[index] as number) + 1
  }
  return sizes
}

/** Topics begin over the years; replies follow, at first quickly, then ever more slowly, none in the future. */
export function planPosts(random: Random, sizes: Int32Array, end: number): PostPlan {
  const count = sizes.reduce((sum, size) => sum + size, 0)
  const topicOf = new Int32Array(count)
  const at = new Float64Array(count)
  let written = 0
  // In the order of time, so that a later topic has a higher number.
  const beginnings = Float64Array.from(sizes, () => end - years * random.next() ** 0.8).sort()
  sizes.forEach((size, topic) => {
    const began = beginnings[topic] as number
    const times = Float64Array.from({ length: size - 1 }, () => random.wait(size > 50 ? years / 12 : 2 * day))
    const fitted = times.map(wait => began + Math.min(wait, (end - began) * (1 - 1e-3 * random.next())))
    for (const time of [began, ...fitted.sort()]) {
      topicOf[written] = topic
      at[written++] = Math.floor(time)
    }
  })
  // Sorting is stable, so the opening post stays first in its topic.
  const order = Uint32Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => (at[a] as number) - (at[b] as number) || a - b,
  )
  return {
    topicOf: topicOf.map((_, index) => topicOf[order[index] as number] as number),
    at: at.map((_, index) => at[order[index] as number] as number),
  }
}
