import type { Db } from '../../../platform/store/index.ts'
import { forumTree } from '../../forums/index.ts'
import { type Topic, topicPath } from '../../topics/index.ts'

/** The way down to a topic, the topic included. */
export async function breadcrumbTo(db: Db, topic: Topic): Promise<{ href: string; text: string }[]> {
  const forum = (await forumTree(db)).byId.get(topic.forum_id)
  const forums = forum ? [...forum.ancestors, forum] : []
  return [
    ...forums.map(({ path, name }) => ({ href: path, text: name })),
    { href: topicPath(topic), text: topic.title },
  ]
}
