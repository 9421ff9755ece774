import type { Db, Tx } from '../../platform/store/index.ts'
import { loadViewer, moderatedForums, type Viewer } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import { heldWords } from '../words/index.ts'
import { areAlike, likenessOf, mostRead } from './alike.ts'
import type { Rule } from './conditions.ts'
import { asksForReports, type Facts, Looked, speaksOf } from './match.ts'
import { recordMatches } from './matched.ts'
import { hasHit } from './queries/hits.ts'
import { type Earlier, postsSince, reportersIn } from './queries/posts.ts'
import { rulesOn } from './queries/rules.ts'
import type { Writing } from './writing.ts'

const day = 24 * 60 * 60_000
const hour = 60 * 60_000
/** A new text is compared with so many others at most. */
const mostCompared = 300

/** The number under which the list of words is written down where rules are. */
export const wordsRule = 0

/** What somebody is about to publish. */
export type Draft = Omit<Writing, 'memberId' | 'posts'>

/** Nothing that administrators and moderators write is judged. */
export function isAboveRules(viewer: Viewer): boolean {
  return viewer.admin || moderatedForums(viewer).length > 0
}

/**
 * The rules that speak of what this viewer is about to publish; of an edit only those that did not speak of what stood
 * there before. Reads other posts, so never call it in a transaction.
 */
export async function judgeWriting(
  db: Db,
  viewer: Viewer,
  draft: Draft,
  before: Pick<Writing, 'title' | 'html'> | null = null,
): Promise<readonly Rule[]> {
  const words = await heldWords(db)
  const composed = (await rulesOn(db)).filter(rule => !asksForReports(rule))
  const rules = words.length > 0 ? [...composed, ruleOfWords(words)] : composed
  if (rules.length === 0 || isAboveRules(viewer)) return []
  const { member } = viewer
  const writing = { ...draft, memberId: member?.id ?? null, posts: member?.postCount ?? 0 }
  const looked = new Looked(writing, await factsFor(db, rules, writing, before !== null))
  const found = rules.filter(rule => speaksOf(rule, looked))
  if (before === null || found.length === 0) return found
  const former = new Looked({ ...writing, ...before }, looked.facts)
  return found.filter(rule => !speaksOf(rule, former))
}

/** Words that hold back what they stand in are a rule that nobody composed. */
function ruleOfWords(words: readonly string[]): Rule {
  const everywhere = { id: wordsRule, name: '', action: 'hold', writers: 'all', forums: [] } as const
  return { ...everywhere, conditions: { words }, onAt: 0, onById: null }
}

async function factsFor(db: Db, rules: readonly Rule[], writing: Writing, isEdit: boolean): Promise<Facts> {
  const compares = !isEdit && rules.some(rule => rule.conditions.similar !== undefined)
  const earlier = compares ? await postsSince(db, Date.now() - hour, { most: mostCompared, longest: mostRead }) : []
  let similar: number | undefined
  return {
    baseUrl: (await settings(db)).base_url || undefined,
    reports: () => 0,
    similar: () => {
      similar ??= compares ? 1 + countAlike(writing, earlier) : 0
      return similar
    },
  }
}

function countAlike({ text, memberId }: Writing, earlier: readonly Earlier[]): number {
  const own = likenessOf(text)
  const isSame = (other: Earlier) => memberId !== null && other.memberId === memberId
  return earlier.filter(other => areAlike(own, likenessOf(other.text), isSame(other))).length
}

/** A post that was reported, and the open case about it. */
export interface Reported {
  readonly post: {
    readonly id: number
    readonly member_id: number | null
    readonly html: string
    readonly text: string
  }
  readonly topic: { readonly forum_id: number; readonly title: string; readonly first_post_id: number | null }
  readonly caseId: number
  readonly openedAt: number
}

/** To be called when somebody has reported a post: writes down which rules speak of it by now, each once for a case. */
export async function judgeReported(tx: Tx, { post, topic, caseId, openedAt }: Reported): Promise<void> {
  const rules = (await rulesOn(tx)).filter(asksForReports)
  if (rules.length === 0) return
  const author = await loadViewer(tx, post.member_id, '')
  if (isAboveRules(author)) return
  const reporters = await reportersIn(tx, caseId)
  const facts: Facts = {
    baseUrl: (await settings(tx)).base_url || undefined,
    reports: days => countReporters(reporters, days),
    similar: () => 0,
  }
  const { html, text, member_id: memberId } = post
  const title = topic.first_post_id === post.id ? topic.title : null
  const posts = Math.max(0, (author.member?.postCount ?? 0) - 1)
  const looked = new Looked({ forumId: topic.forum_id, memberId, posts, title, html, text }, facts)
  const found: Rule[] = []
  for (const rule of rules) {
    if (speaksOf(rule, looked) && !(await hasHit(tx, rule.id, post.id, openedAt))) found.push(rule)
  }
  await recordMatches(tx, post.id, found, { edit: false, held: false })
}

/** How many different members of those had joined at least so many days before they reported. */
export function countReporters(
  reporters: readonly { readonly memberId: number; readonly joinedAt: number; readonly at: number }[],
  days: number,
): number {
  return new Set(reporters.filter(one => one.joinedAt <= one.at - days * day).map(one => one.memberId)).size
}
