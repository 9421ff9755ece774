import { frameOf, piecesOf } from '../../../content/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { noteLinks } from '../../cards/index.ts'
import { settings } from '../../settings/index.ts'
import { postById } from '../queries/posts.ts'
import { waitsForApproval } from './waits.ts'

/** Has the pages looked up to which links of this post lead that stand alone. */
export async function readLinks(db: Db, postId: number): Promise<void> {
  const post = await postById(db, postId)
  if (!post || !(await settings(db)).link_cards) return
  const hrefs = (await waitsForApproval(db, post)) ? [] : linksAlone(post.html).filter(href => !frameOf(href))
  await noteLinks(db, { postId, memberId: post.member_id, hrefs })
}

export function linksAlone(html: string): string[] {
  return piecesOf(html)?.flatMap(({ href }) => href ?? []) ?? []
}
