import type { PostPlan } from './plan.ts'
import type { Random } from './random.ts'

/** What of the topics follows from their posts, so that their rows are right from the beginning. */
export interface TopicPlan {
  readonly first: Int32Array
  readonly last: Int32Array
  readonly size: Int32Array
  /** Which of the forums. */
  readonly forum: Int32Array
}

/** Indexes of the first and last post of each topic, and how many there are. */
export function planTopics(random: Random, posts: PostPlan, topics: number, forums: number): TopicPlan {
  const first = new Int32Array(topics).fill(-1)
  const last = new Int32Array(topics)
  const size = new Int32Array(topics)
  posts.topicOf.forEach((topic, index) => {
    if (first[topic] === -1) first[topic] = index
    last[topic] = index
    size[topic] = (size[topic] as number) + 1
  })
  const forum = Int32Array.from({ length: topics }, () => Math.floor(forums * random.next() ** 1.4))
  return { first, last, size, forum }
}

/** Who wrote each post: in a conversation the same few come back. */
export function planAuthors(
  random: Random,
  posts: PostPlan,
  topics: TopicPlan,
  author: (random: Random, at: number) => number,
): Int32Array {
  const authors = new Int32Array(posts.at.length)
  const previous = new Int32Array(topics.size.length).fill(-1)
  posts.topicOf.forEach((topic, index) => {
    const first = topics.first[topic] as number
    const returning = index !== first && random.chance(0.3)
    const before = previous[topic] as number
    const again = random.chance(0.6) || before < 0 ? (authors[first] as number) : (authors[before] as number)
    authors[index] = returning ? again : author(random, posts.at[index] as number)
    if (random.chance(0.5)) previous[topic] = index
  })
  return authors
}
