import { finderOf, type WordFinder } from '../../content/index.ts'
import type { Rule, RuleText } from './conditions.ts'
import { hostsOf, leadsTo, type Writing, wordsOf } from './writing.ts'

/** What rules ask of a text besides the text: each is looked up only when a rule asks for it. */
export interface Facts {
  readonly baseUrl: string | undefined
  /** How many members reported it who had joined so many days before. */
  reports(days: number): number
  /** How often the same was posted within the hour before, this one included. */
  similar(): number
}

/** A text as rules look at it: what they ask of it is read once. */
export class Looked {
  readonly writing: Writing
  readonly facts: Facts
  #words: string | undefined
  #links: string[] | undefined

  constructor(writing: Writing, facts: Facts) {
    this.writing = writing
    this.facts = facts
  }

  get words(): string {
    this.#words ??= wordsOf(this.writing)
    return this.#words
  }

  get links(): string[] {
    this.#links ??= leadsTo(this.writing, this.facts.baseUrl)
    return this.#links
  }
}

const finders = new WeakMap<readonly string[], WordFinder>()

function finderFor(words: readonly string[]): WordFinder {
  const finder = finders.get(words) ?? finderOf(words)
  finders.set(words, finder)
  return finder
}

/** Does the rule speak of this text? What costs least is asked first. */
export function speaksOf(rule: RuleText, looked: Looked): boolean {
  const { reports, firstPosts, words, links, domains, similar } = rule.conditions
  if (!isAbout(rule, looked.writing)) return false
  if (firstPosts !== undefined && looked.writing.memberId !== null && looked.writing.posts >= firstPosts) return false
  if (links !== undefined && looked.links.length < links) return false
  if (domains && !isAtOneOf(domains, looked.links)) return false
  if (words && !finderFor(words).isIn(looked.words)) return false
  if (reports && looked.facts.reports(reports.days) < reports.count) return false
  return similar === undefined || looked.facts.similar() >= similar
}

function isAbout({ forums, writers }: RuleText, { forumId, memberId }: Writing): boolean {
  if (forums.length > 0 && !forums.includes(forumId)) return false
  return writers === 'all' || (writers === 'guests') === (memberId === null)
}

function isAtOneOf(domains: readonly string[], links: readonly string[]): boolean {
  return hostsOf(links).some(host => domains.some(domain => host === domain || host.endsWith(`.${domain}`)))
}

/** Rules about reports are asked when something is reported, all others when something is written. */
export function asksForReports({ conditions }: Pick<Rule, 'conditions'>): boolean {
  return conditions.reports !== undefined
}
