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

/**
 * The numbers of what this forum keeps and the addresses of pictures elsewhere that a text may show, to look them up before
 * composing it. It may hold some that turn out to be none.
 */
export function picturesWanted(body: string): { own: number[]; elsewhere: string[] } {
  const own = new Set<number>()
  for (const [, digits] of body.matchAll(/\/attachment\/([1-9][0-9]{0,9})\//g)) if (own.size < most) own.add(Number(digits))
  return { own: [...own].filter(id => id <= 2_147_483_647) }
}
