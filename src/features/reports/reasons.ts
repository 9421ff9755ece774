/** Asks for words of the reporter's own. */
export const otherReason = 'reports.reason_other'

/** The forum itself reports, because a rule says so; the text is the rule's name. Nobody chooses it. */
export const ruleReason = 'reports.reason_rule'

const usual = ['spam', 'rude', 'private', 'illegal', 'misplaced'].map(name => `reports.reason_${name}`)
const known: ReadonlySet<string> = new Set([...usual, otherReason, ruleReason])

const mostReasons = 20
const longestReason = 100

/** What people choose from: an administrator's own list, one in a line, else the usual ones; "other" comes last. */
export function reasonsIn(list: string): string[] {
  const own = list
    .split('\n')
    .map(line => line.trim().slice(0, longestReason))
    .filter(line => line !== '' && !known.has(line))
  const reasons = own.length > 0 ? [...new Set(own)].slice(0, mostReasons) : usual
  return [...reasons, otherReason]
}

/** A reason in someone's language; an administrator's own words stay as they are. */
export function reasonText(t: (key: string) => string, reason: string): string {
  return known.has(reason) ? t(reason) : reason
}
