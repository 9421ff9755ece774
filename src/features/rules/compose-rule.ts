import { Invalid, msg } from '../../platform/errors.ts'
import type { Conditions, RuleText } from './conditions.ts'
import type { RuleValues } from './forms.ts'
import { domainIn } from './writing.ts'

/** The rule that somebody filled in. Throws Invalid unless it asks for something, and for what is no domain. */
export function composeRule({ name, action, writers, forums, ...typed }: RuleValues): RuleText {
  const conditions = conditionsOf(typed)
  if (Object.keys(conditions).length === 0) throw new Invalid({ '': msg('rules.nothing_asked') })
  if (conditions.reports && conditions.similar !== undefined)
    throw new Invalid({ similar: msg('rules.similar_reports') })
  return { name, action, writers, forums: [...new Set(forums)].sort((a, b) => a - b), conditions }
}

type Typed = Omit<RuleValues, 'name' | 'action' | 'writers' | 'forums'>

function conditionsOf({ reports, report_days, first_posts, words, links, domains, similar }: Typed): Conditions {
  return {
    ...(reports !== undefined && { reports: { count: reports, days: report_days ?? 0 } }),
    ...(first_posts !== undefined && { firstPosts: first_posts }),
    ...(words.length > 0 && { words }),
    ...(links !== undefined && { links }),
    ...(domains.length > 0 && { domains: domains.map(domainFrom) }),
    ...(similar !== undefined && { similar }),
  }
}

function domainFrom(line: string): string {
  const domain = domainIn(line)
  if (domain === null) throw new Invalid({ domains: msg('rules.domains_wrong', { line }) })
  return domain
}

/** The fields of that form as a rule fills them. */
export function fieldsOf({ name, action, writers, forums, conditions }: RuleText): Record<string, string | string[]> {
  const { reports, firstPosts, words, links, domains, similar } = conditions
  return {
    name,
    action,
    writers,
    forums: forums.map(String),
    reports: String(reports?.count ?? ''),
    report_days: String(reports?.days ?? ''),
    first_posts: String(firstPosts ?? ''),
    words: words?.join('\n') ?? '',
    links: String(links ?? ''),
    domains: domains?.join('\n') ?? '',
    similar: String(similar ?? ''),
  }
}
