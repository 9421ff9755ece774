import type { Act, Target } from './act.ts'

/** The opening post has no state of its own: acts that know topics go to its topic. */
export function aimOf(act: Pick<Act, 'targets'>, target: Target): Target {
  if (target.kind !== 'post' || !act.targets.includes('topic')) return target
  const { topic, author } = target
  return target.id === topic.first_post_id ? { kind: 'topic', id: topic.id, item: topic, topic, author } : target
}
