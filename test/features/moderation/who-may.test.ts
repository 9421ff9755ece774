import assert from 'node:assert/strict'
import {
  type ActName,
  accountActs,
  everywhere,
  insertAppointment,
  reservedActs,
} from '../../../src/features/groups/index.ts'
import type { Viewer } from '../../../src/features/members/index.ts'
import type { Act } from '../../../src/features/moderation/act.ts'
import { targetsFor } from '../../../src/features/moderation/performing/perform.ts'
import { undoActs } from '../../../src/features/moderation/performing/undo.ts'
import { registry } from '../../../src/features/moderation/registry.ts'
import { Forbidden, Gone, Invalid, NotFound, SignInNeeded } from '../../../src/platform/errors.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { makeMember, viewerOf } from '../posts/world.ts'
import { makeCourt, member, press } from './court.ts'
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
    const byDefault = right !== null && !reservedActs.includes(right)
    byRight.set(right, [
      ...never,
      { name: 'a moderator for all else', viewer: await appointed(db, `Without ${right}`, forum, others), may: false },
      { name: 'a moderator for this', viewer: await appointed(db, `With ${right}`, 0, [right]), may },
      { name: 'a moderator', viewer: world.moderator, may: byDefault },
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

onBothDatabases('Every act on a member is for those whose appointment everywhere names it', async ({ db }) => {
  const { forum, ids, admin, moderator } = await makeCourt(db)
  const onMembers = registry.filter(act => act.targets.includes('member'))
  const rights = [...new Set(onMembers.flatMap(act => act.right ?? []))]
  const [peer, high] = [await makeMember(db, 'Aeacus', 'Moderators'), await makeMember(db, 'Hera', 'Administrators')]
  const may = async (viewer: Viewer, act: Act, id: number) =>
    targetsFor(db, viewer, act, [member(id)]).then(
      ({ targets }) => targets.length === 1,
      error => isRefused(error) && false,
    )
  for (const right of rights) {
    const others = rights.filter(one => one !== right)
    const byThis = await appointed(db, `With ${right}`, everywhere, [right])
    const kinds: Kind[] = [
      { name: 'all else', viewer: await appointed(db, `Without ${right}`, everywhere, others), may: false },
      { name: 'one forum', viewer: await appointed(db, `Local ${right}`, forum, ['*', right]), may: right === 'warn' },
      { name: 'all acts', viewer: moderator, may: !reservedActs.includes(right) },
      { name: 'this', viewer: byThis, may: true },
      { name: 'an administrator', viewer: admin, may: true },
    ]
    for (const act of onMembers.filter(one => one.right === right)) {
      for (const kind of kinds)
        assert.equal(await may(kind.viewer, act, ids.ann), kind.may, `${kind.name}: ${act.name}`)
      for (const equal of [peer, high, ids.admin, byThis.member?.id ?? 0])
        assert.equal(await may(byThis, act, equal), false, `${act.name} on ${equal}`)
    }
  }
})

onBothDatabases('A group that was given an act does it to whoever stands below, and to nobody else', async ({ db }) => {
  const { ids, moderator } = await makeCourt(db)
  const acts = JSON.stringify([...accountActs, 'change_author'] satisfies ActName[])
  const appointment = { member_id: null, group_id: moderator.groupId, forum_id: everywhere, acts }
  await inTransaction(db, tx => insertAppointment(tx, appointment))
  const judge = await viewerOf(db, ids.moderator)
  const peer = await makeMember(db, 'Aeacus', 'Moderators')
  const into = (name: string) => press(db, judge, 'merge_members', [member(ids.ben)], { member_into: name })
  for (const equal of ['Aeacus', 'Agatha']) await assert.rejects(into(equal), Invalid, equal)
  await assert.rejects(press(db, judge, 'rename', [member(peer)], { name: 'Aiakos' }), Forbidden)
  const { batch } = await into('Ann')
  const { group_id } = await db
    .selectFrom('members')
    .select('group_id')
    .where('id', '=', peer)
    .executeTakeFirstOrThrow()
  const regroup = (to: number) => db.updateTable('members').set({ group_id: to }).where('id', '=', ids.ann).execute()
  await regroup(group_id)
  const refused = await undoActs(db, judge, { batch })
  assert.deepEqual([refused.undone, refused.missed[0]?.name], [0, Forbidden.name], 'Ann is their equal by now')
  await regroup((await viewerOf(db, ids.ben)).groupId)
  assert.equal((await undoActs(db, judge, { batch })).undone, 1)
})
