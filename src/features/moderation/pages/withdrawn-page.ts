import { excerpt } from '../../../content/index.ts'
import { pagesOf, windowOf } from '../../../platform/paging.ts'
import type { Db } from '../../../platform/store/index.ts'
import { moderatedForums, type Viewer } from '../../members/index.ts'
import type { MenuItem } from '../../topics/index.ts'
import { menuFor } from '../menus/menus.ts'
import { countWithdrawn, type WithdrawnState, withdrawnIn } from '../queries/withdrawn.ts'
import { type Item, loadItems } from '../targets/items.ts'

export interface WithdrawnEntry extends Item {
  readonly since: number
  readonly excerpt: string
  readonly erased: boolean
  readonly acts: readonly MenuItem[]
}

export interface WithdrawnPage {
  readonly state: WithdrawnState
  readonly page: number
  readonly pages: number
  readonly total: number
  readonly items: readonly WithdrawnEntry[]
}

const perPage = 30
const excerptLength = 200

/** What is hidden or deleted in the forums that this viewer moderates, the latest first. */
export async function withdrawnPage(
  db: Db,
  viewer: Viewer,
  state: WithdrawnState,
  page: number,
): Promise<WithdrawnPage> {
  const forums = moderatedForums(viewer)
  const total = await countWithdrawn(db, state, forums)
  const listed = await withdrawnIn(db, state, forums, windowOf(page, perPage))
  const since = new Map(listed.map(one => [`${one.kind} ${one.id}`, one.since]))
  const items = (await loadItems(db, viewer, listed)).map(item => ({
    ...item,
    since: since.get(`${item.target.kind} ${item.target.id}`) ?? 0,
    excerpt: excerpt(item.post?.text ?? '', excerptLength),
    erased: item.post?.erased_at != null,
    acts: menuFor(viewer, item.target),
  }))
  return { state, page, pages: pagesOf(total, perPage), total, items }
}
