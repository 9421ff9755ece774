import assert from 'node:assert/strict'
import type { Act } from '../../../src/features/moderation/act.ts'
import { undoActs } from '../../../src/features/moderation/performing/undo.ts'
import { registry } from '../../../src/features/moderation/registry.ts'
import { onBothDatabases } from '../../support/index.ts'
import { assertSound } from '../posts/soundness.ts'
import { everyRow, isReserved, makeCourt, makeTalk, post, press, topic } from './court.ts'
import { fitting, inputsFor, makeEverything } from './every-state.ts'

onBothDatabases('Whatever a moderator does to anything, undoing it brings back what was before', async ({ db }) => {
  const world = await makeEverything(db)
  // What made this world was not counted: its states were written by hand.
  const before = await everyRow(db)
  const doerOf = (act: Act) => (isReserved(act) ? world.admin : world.moderator)
  for (const act of registry.filter(one => one.undo !== null && one.targets.some(kind => kind !== 'member'))) {
    for (const [at, input] of inputsFor(act, world).entries()) {
      const choices = await fitting(db, world, act, input)
      assert.ok(choices.length > 0, `something fits ${act.name}`)
      for (const refs of at === 0 ? choices : choices.slice(0, 2)) {
        const label = `${act.name} ${JSON.stringify(refs)} ${JSON.stringify(input)}`
        const { batch, done, missed } = await press(db, doerOf(act), act.name, refs, input)
        assert.deepEqual([done.length, missed], [refs.length, []], label)
        assert.notDeepEqual(await everyRow(db), before, label)
        assert.deepEqual(await undoActs(db, doerOf(act), { batch }), { undone: 1, missed: [] }, label)
        assert.deepEqual(await everyRow(db), before, label)
      }
    }
  }
})

onBothDatabases('Acts and their undoing leave every counter right, in whatever order they come', async ({ db }) => {
  const { forum, other, ids, moderator } = await makeCourt(db)
  const { topicId, replies } = await makeTalk(db, forum, ids.ann, [ids.ben, ids.ann, ids.ben, null])
  const [one = 0, two = 0, three = 0] = replies
  const hide = await press(db, moderator, 'hide', [post(one), post(two)])
  const move = await press(db, moderator, 'move', [topic(topicId)], { forum: other })
  const remove = await press(db, moderator, 'delete', [post(three), post(two)])
  const gone = await press(db, moderator, 'delete', [topic(topicId)])
  await assertSound(db)
  for (const { batch } of [hide, gone, move, remove]) {
    assert.deepEqual((await undoActs(db, moderator, { batch })).missed, [])
    await assertSound(db)
  }
  const shown = await db
    .selectFrom('posts')
    .select('id')
    .where('position', 'is not', null)
    .orderBy('position')
    .execute()
  assert.deepEqual(shown.map(({ id }) => id).slice(1), replies)
})
