import { Invalid, msg, Refusal } from '../../../platform/errors.ts'
import { isPublic, type Topic } from '../../topics/index.ts'
import type { Act, Preparation } from '../act.ts'
import { mayDo } from '../policy.ts'
import { findTarget } from '../targets/find-target.ts'
import type { TopicTarget } from '../targets/target.ts'

/** Posts can come into this topic. */
export function takesPosts(topic: Topic): boolean {
  return isPublic(topic) && topic.merged_into_id === null && topic.first_post_id !== null
}

/** The topic that is named in the field `into`, if whoever does this may do it there too. Throws Invalid. */
export async function demandDestination(
  { db, viewer }: Pick<Preparation<unknown>, 'db' | 'viewer'>,
  act: Pick<Act, 'right'>,
  id: number | null,
): Promise<TopicTarget> {
  const missing = new Invalid({ into: msg('moderation.into_missing') })
  try {
    const target = id === null ? undefined : await findTarget(db, viewer, { kind: 'topic', id })
    if (target?.kind !== 'topic' || !takesPosts(target.item) || !mayDo(viewer, act, target)) throw missing
    return target
  } catch (error) {
    throw error instanceof Refusal ? missing : error
  }
}
