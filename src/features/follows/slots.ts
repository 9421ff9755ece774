import type { Db } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import type { ViewPart } from '../posts/index.ts'
import { canSendMail, settings } from '../settings/index.ts'
import type { Topic } from '../topics/index.ts'
import { visitFollowed } from './follow-topic.ts'

/** The button beside a topic's title, for members, where mail works; whoever follows can always stop. */
export async function followButton(db: Db, viewer: Viewer, topic: Topic): Promise<readonly ViewPart[]> {
  if (!viewer.member) return []
  const on = await visitFollowed(db, viewer, topic.id)
  if (!on && !canSendMail(await settings(db))) return []
  return [{ view: 'follows/_button', data: { topicId: topic.id, on } }]
}
