import type { Act } from '../act.ts'
import { type Target, topicTarget } from './target.ts'

/** The opening post has no state of its own: acts that know topics go to its topic. */
export function aimOf(act: Pick<Act, 'targets'>, target: Target): Target {
  if (target.kind !== 'post' || !act.targets.includes('topic')) return target
  return target.id === target.topic.first_post_id ? topicTarget(target.topic, target.author) : target
}
