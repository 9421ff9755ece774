import { setImmediate } from 'node:timers/promises'
import { excerpt } from '../../content/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { appointedStanding, standings } from '../groups/index.ts'
import { readableForums, type Viewer } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import { areAlike, type Likeness, likenessOf } from './alike.ts'
import type { RuleText } from './conditions.ts'
import { countReporters } from './judge.ts'
import { Looked, speaksOf } from './match.ts'
import { type LatestPost, laterPosts, latestPosts, reportersOf } from './queries/posts.ts'

const mostTried = 1000
const atATime = 100
const mostListed = 50
const longestMs = 3000
const hour = 60 * 60_000
const excerptLength = 140

export interface TriedPost extends Pick<LatestPost, 'id' | 'title' | 'at' | 'memberId' | 'memberName' | 'guestName'> {
  readonly excerpt: string
}

export interface Tried {
  /** How many posts were looked at: fewer than there are when it took too long. */
  readonly looked: number
  readonly inTime: boolean
  readonly found: number
  /** The newest of those found. */
  readonly posts: readonly TriedPost[]
}

/** A post that the rule speaks of if enough of those before it say the same. */
interface Candidate {
  readonly post: LatestPost
  readonly likeness: Likeness | null
  /** How many said the same within the hour before, itself included. */
  alike: number
}

/**
 * What a rule would have spoken of among the latest posts, as far as this viewer may read them. Changes nothing, gives way
 * to others between its steps, and ends after some seconds at most.
 */
export async function tryRule(db: Db, viewer: Viewer, rule: RuleText, longest = longestMs): Promise<Tried> {
  const until = Date.now() + longest
  const isMeant = await meant(db, viewer)
  const candidates: Candidate[] = []
  let looked = 0
  let inTime = true
  let before: number | null = null
  do {
    const posts: LatestPost[] = await latestPosts(db, before, Math.min(atATime, mostTried - looked))
    const speaks = await speakerFor(db, rule, posts)
    for (const post of posts) {
      inTime = Date.now() < until
      if (!inTime) break
      looked++
      const likeness = rule.conditions.similar === undefined ? null : likenessOf(post.text)
      countAlike(candidates, post, likeness)
      if (isMeant(post) && speaks(post)) candidates.push({ post, likeness, alike: 1 })
    }
    before = posts.length < atATime ? null : (posts.at(-1)?.id ?? null)
    await setImmediate()
  } while (inTime && before !== null && looked < mostTried)
  const found = candidates.filter(({ alike }) => alike >= (rule.conditions.similar ?? 1))
  return { looked, inTime, found: found.length, posts: found.slice(0, mostListed).map(({ post }) => listed(post)) }
}

/** Rules speak of nothing that the staff wrote, and nobody reads here what they may not read elsewhere. */
async function meant(db: Db, viewer: Viewer): Promise<(post: LatestPost) => boolean> {
  const readable = new Set(readableForums(viewer))
  const standingOf = await standings(db)
  const isStaff = ({ memberId: id, groupId: group_id }: LatestPost) =>
    id !== null && group_id !== null && standingOf({ id, group_id }) >= appointedStanding
  return post => readable.has(post.forumId) && !isStaff(post)
}

/** Whether the rule speaks of each of these posts, but for what was posted before it. */
async function speakerFor(
  db: Db,
  rule: RuleText,
  posts: readonly LatestPost[],
): Promise<(post: LatestPost) => boolean> {
  const ids = posts.map(({ id }) => id)
  const { firstPosts, reports } = rule.conditions
  const later = firstPosts === undefined ? new Set() : await laterPosts(db, ids, firstPosts)
  const reporters = reports ? Map.groupBy(await reportersOf(db, ids), ({ postId }) => postId) : new Map()
  const baseUrl = (await settings(db)).base_url || undefined
  return ({ id, title, firstPostId, ...post }) => {
    const writing = { ...post, title: id === firstPostId ? title : null, posts: later.has(id) ? (firstPosts ?? 0) : 0 }
    const facts = {
      baseUrl,
      reports: (days: number) => countReporters(reporters.get(id) ?? [], days),
      similar: () => Number.POSITIVE_INFINITY,
    }
    return speaksOf(rule, new Looked(writing, facts))
  }
}

/** An older post says the same as some that came after it. */
function countAlike(candidates: readonly Candidate[], older: LatestPost, likeness: Likeness | null): void {
  if (likeness === null) return
  for (const one of candidates.toReversed()) {
    if (one.post.at - older.at >= hour) break
    const isSame = older.memberId !== null && older.memberId === one.post.memberId
    if (one.likeness && areAlike(one.likeness, likeness, isSame)) one.alike++
  }
}

function listed({ id, title, at, memberId, memberName, guestName, text }: LatestPost): TriedPost {
  return { id, title, at, memberId, memberName, guestName, excerpt: excerpt(text, excerptLength) }
}
