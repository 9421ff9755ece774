import { Refusal } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import type { Viewer } from '../members/index.ts'
import { findTopic, topicPath } from '../topics/index.ts'
import { followedTopics } from './queries.ts'

export interface Followed {
  readonly id: number
  /** null: this viewer cannot see the topic any more, and gets no mail about it. */
  readonly topic: { readonly href: string; readonly title: string } | null
}

/** The topics about which this member gets mail, newest first. */
export async function followedPage(db: Db, viewer: Viewer, memberId: number): Promise<Followed[]> {
  const ids = await followedTopics(db, memberId)
  return Promise.all(ids.map(async id => ({ id, topic: await seenTopic(db, viewer, id) })))
}

async function seenTopic(db: Db, viewer: Viewer, id: number): Promise<Followed['topic']> {
  try {
    const topic = await findTopic(db, viewer, id)
    return { href: topicPath(topic), title: topic.title }
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
