import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import { copyFollows, uncopyFollows } from '../../follows/index.ts'
import { lockTopics, mergeTopic, unmergeTopic } from '../../posts/index.ts'
import { copyTopicMarks, mergeTopicMarks } from '../../topics/index.ts'
import type { Act } from '../act.ts'
import { type Merging, mergeForm } from '../forms.ts'
import { demandDestination, takesPosts } from '../input/destination.ts'
import { intoField, keepField, whyField } from '../input/fields.ts'

const logged = z.object({
  move: z.string(),
  into: z.number(),
  views: z.number(),
  proposed: z.string().nullable(),
  claims: z.array(z.number()),
})

/** Another topic wins over one of those that were chosen. */
function destinationOf({ into, keep }: Merging): number | null {
  return into ?? keep
}

/**
 * Puts the posts of topics into one of them, or into another one, by the time of writing. Its title stays; the addresses of
 * the others lead to it.
 */
export const merge: Act<Merging> = {
  name: 'merge',
  right: 'merge',
  targets: ['topic'],
  symbol: 'merge',
  fields: [keepField, intoField, whyField],
  schema: mergeForm,
  undoesMerge: true,
  fits: (target, input) =>
    target.kind === 'topic' && takesPosts(target.item) && target.id !== destinationOf(input ?? none),
  spares: (target, input) => target.id === destinationOf(input),
  reaches: input => ({ topics: [destinationOf(input) ?? 0] }),
  undoReaches: details => ({ topics: [logged.parse(details).into] }),
  async prepare(asked) {
    const id = destinationOf(asked.input)
    await demandDestination(asked, merge, id)
    if (asked.targets.every(target => target.id === id)) await demandDestination(asked, merge, null)
  },
  async do(tx, target, { input, at }) {
    if (target.kind !== 'topic') throw new NotFound()
    const { item: from } = target
    const id = destinationOf(input) ?? 0
    const into = (await lockTopics(tx, [id])).get(id)
    if (!into || !takesPosts(into)) throw new Conflict(msg('moderation.into_gone'))
    const move = randomUUID()
    await mergeTopicMarks(tx, from, into)
    await copyFollows(tx, from.id, into.id)
    return { move, ...(await mergeTopic(tx, from, into, move, at)) }
  },
  async undo(tx, target, { details }) {
    const { move, ...merged } = logged.parse(details)
    const into = (await lockTopics(tx, [merged.into])).get(merged.into)
    if (target.kind !== 'topic' || !into) throw new NotFound()
    await unmergeTopic(tx, target.item, into, move, merged)
    await uncopyFollows(tx, target.id, into.id)
    await copyTopicMarks(tx, into.id, target.id)
  },
  says: details => ({ into: logged.parse(details).into }),
}

const none: Merging = { into: null, keep: null, reason: null }
