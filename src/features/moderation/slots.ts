import { type Message, msg } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { type ForumNode, forumTree } from '../forums/index.ts'
import { isStaffIn, type Viewer } from '../members/index.ts'
import type { Post } from '../posts/index.ts'
import type { MenuItem, PageNotice, SelectBar, Topic } from '../topics/index.ts'
import { menusBeside } from './menus/member-menu.ts'
import { actPath, bulkActs, menuFor } from './menus/menus.ts'
import { rejectionsOf } from './queries/rejections.ts'
import { savedMenu } from './saved/saved-menu.ts'
import { authorOf, authorsOf } from './targets/find-target.ts'
import { postTarget, topicTarget } from './targets/target.ts'

/** What moderation adds to the page of a forum; nothing for everybody else. */
export const forumPageSlots = {
  selectBar: (viewer: Viewer, forum: ForumNode): SelectBar | null => barFor(viewer, forum.id, 'topic', forum),
}

/** What moderation adds to the page of a topic: menus for the staff, and to authors why something was not accepted. */
export function topicPageSlots(db: Db) {
  return {
    async topicMenu(viewer: Viewer, topic: Topic): Promise<readonly MenuItem[]> {
      if (!isStaffIn(viewer, topic.forum_id)) return []
      const forum = (await forumTree(db)).byId.get(topic.forum_id)
      const target = topicTarget(topic, await authorOf(db, topic.member_id))
      return [...menuFor(viewer, target, { forum }), ...(await savedMenu(db, viewer, target))]
    },
    async postMenus(viewer: Viewer, topic: Topic, posts: readonly Post[]): Promise<Map<number, MenuItem[]>> {
      if (!isStaffIn(viewer, topic.forum_id)) return new Map()
      const authors = await authorsOf(db, posts)
      const persons = await menusBeside(db, viewer, posts)
      return new Map(
        authors.map(({ item, author }) => [
          item.id,
          [...menuFor(viewer, postTarget(topic, item, author)), ...(persons.get(item.id) ?? [])],
        ]),
      )
    },
    postBar: (viewer: Viewer, topic: Topic): SelectBar | null => barFor(viewer, topic.forum_id, 'post'),
    async notices(viewer: Viewer, topic: Topic): Promise<readonly PageNotice[]> {
      if (!viewer.member) return []
      const rejections = await rejectionsOf(db, topic.id, viewer.member.id)
      return rejections.flatMap(({ kind, reason }) => {
        const message = rejectedMessage(kind, reason)
        return message ? [{ kind: 'warning' as const, message }] : []
      })
    },
  }
}

/** Posts and topics say by themselves that they were not accepted; of an edit nothing is to be seen. */
function rejectedMessage(kind: string, reason: string | null): Message | null {
  if (reason !== null) return msg('moderation.rejected_because', { kind, reason })
  return kind === 'edit' ? msg('moderation.rejected_edit') : null
}

function barFor(viewer: Viewer, forumId: number, kind: 'topic' | 'post', forum?: ForumNode): SelectBar | null {
  const known = isStaffIn(viewer, forumId) ? bulkActs(viewer, forumId, kind) : []
  const acts = known.filter(act => !forum || (act.inForum?.(forum) ?? true))
  if (acts.length === 0) return null
  const formId = 'moderate'
  return { formId, name: kind, view: 'moderation/_select-bar', data: { formId, action: actPath, acts } }
}
