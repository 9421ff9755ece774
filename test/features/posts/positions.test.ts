import assert from 'node:assert/strict'
import fc from 'fast-check'
import { changePostState, changeTopicForum, changeTopicState } from '../../../src/features/posts/change-state.ts'
import { moveAllTopics } from '../../../src/features/posts/move-all-topics.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/stores.ts'
import { assertSound, orderOfTopic } from './soundness.ts'
import { makeForums, makeMember, makeReply, makeTopic } from './world.ts'

interface World {
  readonly db: Db
  readonly forums: readonly number[]
  readonly members: readonly number[]
  readonly topics: number[]
  /** Replies by topic, in the order in which they were written. */
  readonly replies: Map<number, number[]>
  /** The clocks of several processes differ. */
  readonly isSkewed: boolean
}

const isLong = process.env.STOA_LONG === '1'
const runs = { sqlite: 50, postgres: 12 }

type Step = (world: World) => Promise<void>

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)]

const postStates = ['hidden_at', 'deleted_at', 'pending_at'] as const

const topicStep = fc.record({ forum: fc.nat(9), author: fc.nat(9) }).map(
  ({ forum, author }): Step =>
    async world => {
      const made = await makeTopic(world.db, pick(world.forums, forum) ?? 0, pick(world.members, author) ?? null)
      world.topics.push(made.topicId)
      world.replies.set(made.topicId, [])
    },
)

const replyStep = fc.record({ topic: fc.nat(9), author: fc.nat(9), pending: fc.boolean(), late: fc.nat(3) }).map(
  ({ topic, author, pending, late }): Step =>
    async world => {
      const topicId = pick(world.topics, topic)
      if (!topicId) return
      const memberId = pick(world.members, author) ?? null
      const createdAt = Date.now() - (world.isSkewed ? late * 1000 : 0)
      const pendingReason = pending ? 'posts.why' : null
      const reply = await makeReply(world.db, topicId, memberId, { pendingReason, createdAt })
      world.replies.get(topicId)?.push(reply.id)
    },
)

const postStateStep = fc.record({ topic: fc.nat(9), post: fc.nat(40), state: fc.nat(2), on: fc.boolean() }).map(
  ({ topic, post, state, on }): Step =>
    async world => {
      const topicId = pick(world.topics, topic)
      const postId = topicId && pick(world.replies.get(topicId) ?? [], post)
      if (!topicId || !postId) return
      const states = { [postStates[state] ?? 'hidden_at']: on ? 5 : null }
      await inTransaction(world.db, tx => changePostState(tx, topicId, postId, states))
    },
)

const topicStateStep = fc.record({ topic: fc.nat(9), state: fc.nat(2), on: fc.boolean() }).map(
  ({ topic, state, on }): Step =>
    async world => {
      const topicId = pick(world.topics, topic)
      if (!topicId) return
      const states = { [postStates[state] ?? 'hidden_at']: on ? 5 : null }
      await inTransaction(world.db, tx => changeTopicState(tx, topicId, states))
    },
)

const moveStep = fc.record({ topic: fc.nat(9), forum: fc.nat(9) }).map(
  ({ topic, forum }): Step =>
    async world => {
      const topicId = pick(world.topics, topic)
      const forumId = pick(world.forums, forum)
      if (topicId && forumId) await inTransaction(world.db, tx => changeTopicForum(tx, topicId, forumId))
    },
)

const steps = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: topicStep },
    { weight: 8, arbitrary: replyStep },
    { weight: 8, arbitrary: postStateStep },
    { weight: 2, arbitrary: topicStateStep },
    { weight: 2, arbitrary: moveStep },
  ),
  { minLength: 5, maxLength: 40, size: 'max' },
)

onBothDatabases(
  'Positions stay dense and counters right whatever people do to posts and topics',
  async ({ db, kind }) => {
    const forums = await makeForums(db, 3)
    const members = [await makeMember(db, 'Ann'), await makeMember(db, 'Ben'), await makeMember(db, 'Cleo')]
    const run = async (sequence: Step[], isSkewed: boolean) => {
      const world: World = { db, forums, members, topics: [], replies: new Map(), isSkewed }
      for (const step of sequence) await step(world)
      await assertSound(db)
      if (isSkewed) return
      for (const topicId of world.topics) {
        const written = world.replies.get(topicId) ?? []
        assert.deepEqual(
          (await orderOfTopic(db, topicId)).slice(1),
          written,
          'posts stand in the order they were written',
        )
      }
    }
    await fc.assert(fc.asyncProperty(steps, fc.boolean(), run), { numRuns: isLong ? 60 : runs[kind] })
  },
)

onBothDatabases('People who post, hide and move at the same moment leave everything right', async ({ db }) => {
  const forums = await makeForums(db, 2)
  const members = await Promise.all(['Ann', 'Ben', 'Cleo', 'Dan'].map(name => makeMember(db, name)))
  const first = await makeTopic(db, forums[0] ?? 0, members[0] ?? null)
  const second = await makeTopic(db, forums[1] ?? 0, members[1] ?? null)
  const topics = [first.topicId, second.topicId]
  const early = await Promise.all(topics.map(id => makeReply(db, id, members[2] ?? null)))
  const acts = Array.from({ length: 60 }, (_, n) => {
    const topicId = topics[n % 2] ?? 0
    const reply = early[n % 2]?.id ?? 0
    if (n % 10 === 3) return inTransaction(db, tx => changeTopicForum(tx, topicId, forums[n % 4 < 2 ? 0 : 1] ?? 0))
    if (n % 10 === 5)
      return inTransaction(db, tx => changePostState(tx, topicId, reply, { hidden_at: n % 20 < 10 ? 1 : null }))
    if (n % 10 === 7)
      return inTransaction(db, tx => changeTopicState(tx, topicId, { hidden_at: n % 20 < 10 ? 1 : null }))
    return makeReply(db, topicId, members[n % 4] ?? null)
  })
  await Promise.all(acts)
  await assertSound(db)
})

onBothDatabases('An opening post is hidden with its topic, never by itself', async ({ db }) => {
  const [forum = 0] = await makeForums(db, 1)
  const { topicId, postId } = await makeTopic(db, forum, null)
  await assert.rejects(inTransaction(db, tx => changePostState(tx, topicId, postId, { hidden_at: 1 })))
  await assertSound(db)
})

onBothDatabases(
  'A forum emptied into another while people post loses nothing and nobody is refused',
  async ({ db }) => {
    const [from = 0, to = 0] = await makeForums(db, 2)
    const members = await Promise.all(['Ann', 'Ben', 'Cleo'].map(name => makeMember(db, name)))
    const topics = await Promise.all(members.map(id => makeTopic(db, from, id)))
    const post = async (n: number) => {
      if (n % 12 === 5) return inTransaction(db, tx => moveAllTopics(tx, from, to))
      if (n % 12 === 11) return inTransaction(db, tx => moveAllTopics(tx, to, from))
      if (n % 4 === 0) return makeTopic(db, from, members[n % 3] ?? null)
      return makeReply(db, topics[n % 3]?.topicId ?? 0, members[n % 3] ?? null)
    }
    await Promise.all(Array.from({ length: 72 }, (_, n) => post(n)))
    await assertSound(db)
  },
)
