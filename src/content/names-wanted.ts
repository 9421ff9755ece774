const most = 1000

/**
 * The numbers of members and posts that a text may name, to look up their names before composing it. It may hold some
 * that turn out to be no mention and no quote.
 */
export function namesWanted(body: string): { members: number[]; posts: number[] } {
  const found = { profile: new Set<number>(), post: new Set<number>() }
  for (const [, place, digits] of body.matchAll(/\/(profile|post)\/([1-9][0-9]{0,15})/g)) {
    const ids = found[place as 'profile' | 'post']
    const id = Number(digits)
    if (ids.size < most && Number.isSafeInteger(id)) ids.add(id)
  }
  return { members: [...found.profile], posts: [...found.post] }
}

/** The numbers of what this forum keeps that a text may show, to look it up before composing. */
export function attachmentsWanted(body: string): number[] {
  const found = new Set<number>()
  for (const [, digits] of body.matchAll(/\/attachment\/([1-9][0-9]{0,9})\//g)) {
    if (found.size < most) found.add(Number(digits))
  }
  return [...found].filter(id => id <= 2_147_483_647)
}
