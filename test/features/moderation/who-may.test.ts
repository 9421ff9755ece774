import assert from 'node:assert/strict'
import type { Viewer } from '../../../src/features/members/index.ts'
import type { Act } from '../../../src/features/moderation/act.ts'
import { targetsFor } from '../../../src/features/moderation/perform.ts'
import { registry } from '../../../src/features/moderation/registry.ts'
import { undoActs } from '../../../src/features/moderation/undo.ts'
import { Forbidden, Gone, NotFound, SignInNeeded } from '../../../src/platform/errors.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { makeMember, viewerOf } from '../posts/world.ts'
import { press } from './court.ts'
import { fitting, inputsFor, makeEverything, type World } from './every-state.ts'

const onContent = registry.filter(act =>
  act.targets.some(kind => kind === 'topic' || kind === 'post' || kind === 'edit'),
)

/** A member with the rights to these acts in one forum. */
async function appointed(db: Db, name: string, forumId: number, acts: readonly (string | null)[]): Promise<Viewer> {
  const id = await makeMember(db, name)
  const appointment = { member_id: id, group_id: null, forum_id: forumId, acts: JSON.stringify(acts) }
  await db.insertInto('moderators').values(appointment).execute()
  await db
    .updateTable('revisions')
    .set(eb => ({ permissions: eb('permissions', '+', 1) }))
    .execute()
  return viewerOf(db, id)
}

interface Kind {
  readonly name: string
  readonly viewer: Viewer
  readonly may: boolean
}

/** Everybody who might try it: those without the right, and those with it. */
async function everybody(db: Db, world: World) {
  const { forum, other } = world
  const rights = [...new Set(onContent.map(act => act.right))]
  const never = [
    { name: 'a guest', viewer: await viewerOf(db, null), may: false },
    { name: 'a stranger', viewer: await viewerOf(db, await makeMember(db, 'Stranger')), may: false },
    { name: 'its author', viewer: world.ann, may: false },
    { name: 'a moderator of elsewhere', viewer: await appointed(db, 'Far', other, ['*']), may: false },
  ]
  const byRight = new Map<Act['right'], Kind[]>()
  for (const right of rights) {
    const others = rights.filter(one => one !== right && one !== null)
    const may = right !== null
    byRight.set(right, [
      ...never,
      { name: 'a moderator for all else', viewer: await appointed(db, `Without ${right}`, forum, others), may: false },
      { name: 'a moderator for this', viewer: await appointed(db, `With ${right}`, 0, [right]), may },
      { name: 'a moderator', viewer: world.moderator, may },
      { name: 'an administrator', viewer: world.admin, may: true },
    ])
  }
  return byRight
}

/** What stands in the log: whatever is done or taken back is written down there. */
async function logOf(db: Db) {
  return db.selectFrom('moderation_log').select(['id', 'undone_at']).orderBy('id').execute()
}

onBothDatabases('Every act is for those who have the right to it, and so is its Undo', async ({ db }) => {
  const world = await makeEverything(db)
  const byRight = await everybody(db, world)
  for (const act of onContent) {
    const kinds = byRight.get(act.right) ?? []
    const before = await logOf(db)
    const [input = {}] = inputsFor(act, world)
    const [refs] = await fitting(db, world, act, input)
    assert.ok(refs, `something fits ${act.name}`)
    for (const { name, viewer, may } of kinds) {
      const label = `${name}: ${act.name}`
      if (may) assert.equal((await targetsFor(db, viewer, act, refs)).targets.length, refs.length, label)
      else await assert.rejects(press(db, viewer, act.name, refs, input), isRefused, label)
    }
    assert.deepEqual(await logOf(db), before, act.name)
    if (act.undo === null) continue
    const doer = kinds.find(kind => kind.name === 'a moderator for this')
    const { batch, done } = await press(db, doer?.may ? doer.viewer : world.admin, act.name, refs, input)
    assert.equal(done.length, refs.length, act.name)
    const after = await logOf(db)
    for (const { name, viewer, may } of kinds)
      if (!may) await refusesUndo(db, viewer, batch, `${name}: undo ${act.name}`)
    assert.deepEqual(await logOf(db), after, act.name)
    assert.equal((await undoActs(db, world.admin, { batch })).undone, 1, act.name)
  }
})

function isRefused(error: unknown): boolean {
  return [Forbidden, SignInNeeded, NotFound, Gone].some(kind => error instanceof kind)
}

async function refusesUndo(db: Db, viewer: Viewer, batch: string, label: string): Promise<void> {
  try {
    assert.equal((await undoActs(db, viewer, { batch })).undone, 0, label)
  } catch (error) {
    assert.ok(isRefused(error), label)
  }
}
