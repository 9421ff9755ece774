import type { Db } from '../../../platform/store/index.ts'
import { unclaimedFor } from '../../claims/index.ts'
import type { Viewer } from '../../members/index.ts'
import type { MenuItem } from '../../topics/index.ts'
import { menuFor } from '../menus/menus.ts'
import { type Item, loadItems } from '../targets/items.ts'

/** What a guest wrote and nobody has taken. */
export interface UnclaimedItem extends Item {
  readonly html: string
  readonly at: number
  /** It is erased then; epoch milliseconds. */
  readonly keptUntil: number
  readonly acts: readonly MenuItem[]
}

/** What guests wrote in the forums that this viewer moderates and nobody has taken, the newest first. */
export async function claimsPage(db: Db, viewer: Viewer): Promise<UnclaimedItem[]> {
  const claims = await unclaimedFor(db, viewer)
  const byId = new Map(claims.map(claim => [claim.id, claim]))
  const refs = claims.map(({ id }) => ({ kind: 'claim' as const, id }))
  return (await loadItems(db, viewer, refs)).flatMap(item => {
    const claim = byId.get(item.target.id)
    if (!claim) return []
    const { html, created_at: at, expires_at: keptUntil } = claim
    return [{ ...item, html, at, keptUntil, acts: menuFor(viewer, item.target) }]
  })
}
