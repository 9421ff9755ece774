import { allGroups, type ForumReaders, readersOf } from '../features/groups/index.ts'
import { emailKey, nameKey } from '../features/members/index.ts'
import { slugOf } from '../platform/slug.ts'
import { advanceIdentity, bumpRevisions, type Db, inTransaction, refreshStatistics } from '../platform/store/index.ts'
import { type CategoryNames, forumNamesFor } from './forum-names.ts'
import { addForums, countForums, namesOf } from './places.ts'
import { type MemberPlan, type PostPlan, planMembers, planPosts, planTopicSizes, type Wanted } from './plan.ts'
import { planAuthors, planTopics, type TopicPlan } from './plan-topics.ts'
import {
  highestIds,
  insertMembers,
  insertPosts,
  insertQuotes,
  insertTopics,
  takenNameKeys,
  writeForumCounts,
} from './queries.ts'
import { type Random, randomFrom } from './random.ts'
import { bodyOf, makePools, type Pools, titleOf } from './texts.ts'

export interface SeedOptions extends Wanted {
  /** The same number makes the same forum. */
  readonly random: number
  /** Nothing is dated later than this, in epoch milliseconds. */
  readonly end: number
  onProgress?(done: number, total: number): void
}

/** Everything that is decided before the first row is written. */
interface Plan {
  readonly random: Random
  readonly base: Awaited<ReturnType<typeof highestIds>>
  readonly forumNames: readonly CategoryNames[]
  readonly members: MemberPlan
  readonly names: readonly string[]
  readonly posts: PostPlan
  readonly topics: TopicPlan
  readonly authors: Int32Array
}

const postsAtOnce = 5000

/**
 * Fills the forum with believable content: forums, members of very different activity, topics from one post to
 * thousands, dated over years. Nobody can sign in as one of these members. Throws RangeError when fewer posts than topics
 * are asked for.
 */
export async function seed(db: Db, options: SeedOptions): Promise<void> {
  const { members, topics, posts } = options
  if (members < 1 || topics < 1 || posts < topics) {
    throw new RangeError('At least one member, one topic, and as many posts as topics')
  }
  const random = randomFrom(options.random)
  const pools = await makePools(random, Math.min(1200, Math.max(60, Math.floor(posts / 20))))
  const plan = await makePlan(db, random, options)
  const forums = await inTransaction(db, tx => addForums(tx, plan.forumNames))
  await addMembers(db, plan, (await readersOf(db, forums))[0])
  await addTopics(db, plan, forums)
  await addPosts(db, plan, pools, options)
  await finish(db, plan, forums)
}

async function makePlan(db: Db, random: Random, options: SeedOptions): Promise<Plan> {
  const base = await highestIds(db)
  const members = planMembers(random, options.members, options.end)
  const forumNames = forumNamesFor(options.posts)
  const posts = planPosts(random, planTopicSizes(random, options), options.end)
  const topics = planTopics(random, posts, options.topics, countForums(forumNames))
  const authors = planAuthors(random, posts, topics, members.author)
  return {
    random,
    base,
    forumNames,
    members,
    names: namesOf(random, options.members, await takenNameKeys(db)),
    posts,
    topics,
    authors,
  }
}

async function addMembers(
  db: Db,
  { base, members, names, authors }: Plan,
  /** Of all forums: they are new. */
  readers: ForumReaders | undefined,
): Promise<void> {
  const groups = await allGroups(db)
  const ordinary = groups.find(group => group.kind === 'members')?.id ?? 0
  const moderators = groups.find(group => group.name_key === 'moderators')?.id ?? ordinary
  const written = new Int32Array(names.length)
  for (const author of authors) written[author] = (written[author] as number) + 1
  const rows = names.map((name, index) => {
    const id = base.members + index + 1
    const email = `member${id}@forum.example`
    const joined = Math.floor(members.joinedAt[index] as number)
    return {
      id,
      name,
      name_key: nameKey(name),
      email,
      email_key: emailKey(email),
      // No password has this hash.
      password_hash: '!',
      group_id: index < 3 && names.length > 20 ? moderators : ordinary,
      joined_at: joined,
      read_all_at: joined,
      post_count: written[index] as number,
      posts_for_members: (readers?.members_read ?? 0) * (written[index] as number),
      posts_for_guests: (readers?.guests_read ?? 0) * (written[index] as number),
    }
  })
  await inTransaction(db, tx => insertMembers(tx, rows))
}

async function addTopics(
  db: Db,
  { random, base, posts, topics, authors }: Plan,
  forums: readonly number[],
): Promise<void> {
  const rows = Array.from(topics.size, (size, index) => {
    const [first, last] = [topics.first[index] as number, topics.last[index] as number]
    const [began, ended] = [posts.at[first] as number, posts.at[last] as number]
    const title = titleOf(random)
    return {
      id: base.topics + index + 1,
      forum_id: forums[topics.forum[index] as number] as number,
      title,
      slug: slugOf(title),
      member_id: base.members + (authors[first] as number) + 1,
      created_at: began,
      first_post_id: base.posts + first + 1,
      last_post_id: base.posts + last + 1,
      last_post_at: ended,
      post_count: size,
      views: size * (3 + random.below(20)) + random.below(50),
      pinned_at: random.chance(0.004) ? ended : null,
      locked_at: random.chance(0.02) ? ended : null,
    }
  })
  await inTransaction(db, tx => insertTopics(tx, rows))
}

async function addPosts(db: Db, plan: Plan, pools: Pools, { onProgress }: SeedOptions): Promise<void> {
  const { random, base, posts, topics, authors, names } = plan
  const total = posts.at.length
  const position = new Int32Array(topics.size.length)
  const latest = new Int32Array(topics.size.length).fill(-1)
  for (let from = 0; from < total; from += postsAtOnce) {
    const quotes: { post_id: number; quoted_post_id: number }[] = []
    const rows = Array.from({ length: Math.min(postsAtOnce, total - from) }, (_, offset) => {
      const index = from + offset
      const topic = posts.topicOf[index] as number
      const place = (position[topic] as number) + 1
      position[topic] = place
      const before = latest[topic] as number
      const quoted = before >= 0 && random.chance(0.12) ? before : null
      if (quoted !== null) quotes.push({ post_id: base.posts + index + 1, quoted_post_id: base.posts + quoted + 1 })
      latest[topic] = index
      return {
        id: base.posts + index + 1,
        topic_id: base.topics + topic + 1,
        member_id: base.members + (authors[index] as number) + 1,
        position: place,
        place,
        ...bodyOf(
          pools,
          random,
          quoted === null
            ? null
            : { postId: base.posts + quoted + 1, name: names[authors[quoted] as number] as string },
        ),
        content_version: pools.version,
        created_at: posts.at[index] as number,
      }
    })
    await inTransaction(db, async tx => {
      await insertPosts(tx, rows)
      await insertQuotes(tx, quotes)
    })
    onProgress?.(Math.min(from + postsAtOnce, total), total)
  }
}

async function finish(db: Db, { base, posts, topics }: Plan, forums: readonly number[]): Promise<void> {
  const counts = forums.map(() => ({ topic_count: 0, post_count: 0, last_post_id: null as number | null }))
  topics.forum.forEach((forum, topic) => {
    const count = counts[forum] as (typeof counts)[number]
    const last = topics.last[topic] as number
    const known = count.last_post_id === null ? -1 : count.last_post_id - base.posts - 1
    count.topic_count += 1
    count.post_count += topics.size[topic] as number
    if (known < 0 || (posts.at[last] as number) >= (posts.at[known] as number))
      count.last_post_id = base.posts + last + 1
  })
  await inTransaction(db, async tx => {
    for (const [index, id] of forums.entries()) await writeForumCounts(tx, id, counts[index] as (typeof counts)[number])
    await advanceIdentity(tx, 'members', 'topics', 'posts')
    await bumpRevisions(tx, 'shell', 'permissions', 'counts')
  })
  await refreshStatistics(db)
}
