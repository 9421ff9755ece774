import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Conflict, Invalid, msg, NotFound } from '../../../platform/errors.ts'
import { forumTree } from '../../forums/index.ts'
import { mayIn } from '../../members/index.ts'
import { type Leaving, lockTopics, splitTopic, unsplitTopic } from '../../posts/index.ts'
import { copyTopicMarks, isPublic } from '../../topics/index.ts'
import type { Act, Preparation } from '../act.ts'
import { type Splitting, splitForm } from '../forms.ts'
import { demandDestination, takesPosts } from '../input/destination.ts'
import { newForumField, newTitleField, scopeField, splitIntoField, whyField } from '../input/fields.ts'
import { demandTitle, titleIn } from '../input/title.ts'
import { isReply } from '../patch.ts'
import type { PostTarget, Target } from '../targets/target.ts'

const logged = z.object({
  move: z.string(),
  source: z.number(),
  to: z.number(),
  isNew: z.boolean(),
  posts: z.number(),
})

/** Takes posts out of their topic, into a new one or into another that is there. The opening post stays. */
export const split: Act<Splitting> = {
  name: 'split',
  right: 'split',
  targets: ['post'],
  symbol: 'split',
  fields: [scopeField, newTitleField, newForumField, splitIntoField, whyField],
  schema: splitForm,
  together: true,
  keepsTexts: true,
  leavesForum: true,
  fits: target => isReply(target) && isPublic(target.topic) && target.item.merged_into_id === null,
  whyNot: target => (isOpening(target) ? msg('moderation.split_opening') : null),
  reaches: ({ into, forum }) => (into === null ? { forums: [forum ?? 0] } : { topics: [into] }),
  undoReaches: details => ({ topics: [logged.parse(details).source, logged.parse(details).to] }),
  async prepare(asked) {
    if (asked.input.into === null) return prepareNew(asked)
    const { topic } = await demandDestination(asked, split, asked.input.into)
    if (asked.targets.some(target => target.topic?.id === topic.id)) await demandDestination(asked, split, null)
  },
  async do(tx, target, { input, all }) {
    const posts = all.filter((one): one is PostTarget => one.kind === 'post')
    const source = target.topic
    if (!source || posts.length === 0) throw new NotFound()
    if (posts.some(({ topic }) => topic.id !== source.id)) throw new Conflict(msg('moderation.of_several_topics'))
    const move = randomUUID()
    const made = await splitTopic(tx, source, leavingOf(posts, input), await destinationOf(tx, input), move)
    if (made.isNew) await copyTopicMarks(tx, source.id, made.to)
    return { move, source: source.id, ...made }
  },
  async undo(tx, _target, { details }) {
    const { move, source, ...made } = logged.parse(details)
    await unsplitTopic(tx, source, made, move, Date.now())
  },
  says: details => ({ n: logged.parse(details).posts, into: logged.parse(details).to }),
}

function isOpening(target: Target): boolean {
  return target.kind === 'post' && target.id === target.topic.first_post_id
}

async function prepareNew({ db, viewer, input }: Preparation<Splitting>): Promise<void> {
  await demandTitle(db, input)
  const forum = (await forumTree(db)).byId.get(input.forum ?? 0)
  if (forum?.kind !== 'forum' || !mayIn(viewer, forum.id, 'start')) {
    throw new Invalid({ forum: msg('moderation.forum_missing') })
  }
}

function leavingOf(posts: readonly PostTarget[], { scope }: Splitting): Leaving {
  if (scope === 'these') return { ids: posts.map(({ id }) => id) }
  return { from: posts[0]?.id ?? 0 }
}

async function destinationOf(tx: Parameters<Act['do']>[0], input: Splitting) {
  const { into, forum } = input
  if (into === null) return { forumId: forum ?? 0, title: titleIn(input) }
  const topic = (await lockTopics(tx, [into])).get(into)
  if (!topic || !takesPosts(topic)) throw new Conflict(msg('moderation.into_gone'))
  return { topic }
}
