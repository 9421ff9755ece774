import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Viewer } from '../../../src/features/members/index.ts'
import { logPage } from '../../../src/features/moderation/pages/log-page.ts'
import { undoActs } from '../../../src/features/moderation/performing/undo.ts'
import { sanctionsListed } from '../../../src/features/moderation/queries/dossier.ts'
import { registry } from '../../../src/features/moderation/registry.ts'
import { endSanctions, impose, warningReasons } from '../../../src/features/sanctions/index.ts'
import { Conflict, Forbidden, Invalid, NotFound, SignInNeeded } from '../../../src/platform/errors.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { makeMember, viewerOf } from '../posts/world.ts'
import { appoint } from '../topics/world.ts'
import { everyRow, isReserved, makeCourt, makeTalk, member, press, topic } from './court.ts'

const acts = registry.filter(act => act.targets.includes('member'))
const day = 24 * 60 * 60_000

/** The form of every act, filled in. */
async function filledIn(db: Db) {
  const [reason] = await warningReasons(db)
  return {
    about: null,
    days: 7,
    reason: 'So many figs',
    restriction: 'no_links',
    warning: reason?.id ?? 0,
    name: 'Somebody else',
    member_into: 'Minos',
  }
}

async function sign(db: Db, member_id: number): Promise<void> {
  await db.insertInto('signatures').values({ member_id, html: '<p>Figs</p>', text: 'Figs', written_at: 1 }).execute()
}

onBothDatabases('Whatever is done to a member, undoing it brings back what was before', async ({ db }) => {
  const { forum, ids, moderator, admin } = await makeCourt(db)
  await makeTalk(db, forum, ids.ann, [ids.ben])
  const input = await filledIn(db)
  await press(db, moderator, 'restrict', [member(ids.ben)], { ...input, restriction: 'approval' })
  await press(db, admin, 'close_account', [member(ids.ben)], input)
  await sign(db, ids.ann)
  const before = await everyRow(db)
  for (const act of acts) {
    const who = ['lift', 'open_account'].includes(act.name) ? ids.ben : ids.ann
    const doer = isReserved(act) ? admin : moderator
    const { batch, done } = await press(db, doer, act.name, [member(who)], input)
    assert.equal(done.length, 1, act.name)
    assert.notDeepEqual(await everyRow(db), before, act.name)
    assert.deepEqual(await undoActs(db, doer, { batch }), { undone: 1, missed: [] }, act.name)
    assert.deepEqual(await everyRow(db), before, act.name)
  }
  const ban = await press(db, moderator, 'ban', [member(ids.ann)], input)
  await press(db, moderator, 'lift', [member(ids.ann)])
  const [stands] = (await undoActs(db, moderator, { batch: ban.batch })).missed
  assert.equal(stands?.reason?.key, 'moderation.since_lift')
})

onBothDatabases('Moderators of one forum warn, and only those of every forum hold members back', async ({ db }) => {
  const { forum, other, ids, admin, moderator, ann } = await makeCourt(db)
  const [local, peer] = [await makeMember(db, 'Local'), await makeMember(db, 'Rhadamanthys', 'Moderators')]
  await appoint(db, local, forum)
  const { postId, replies } = await makeTalk(db, forum, ids.ben, [ids.ann])
  const input = { ...(await filledIn(db)), about: postId }
  await press(db, moderator, 'restrict', [member(ids.ben)], { ...input, restriction: 'approval' })
  await sign(db, ids.ben)
  const mayOf = async (viewer: Viewer, id: number) => {
    const outcomes: string[] = []
    for (const { name } of acts) {
      const why = await press(db, viewer, name, [member(id)], input).then(
        async ({ batch, done }) => {
          if (done.length > 0) await undoActs(db, viewer, { batch })
          return done.length > 0 ? 'done' : 'missed'
        },
        (error: Error) => error.constructor.name,
      )
      outcomes.push(`${name}: ${why}`)
    }
    return outcomes
  }
  const all = (why: string) => acts.map(({ name }) => `${name}: ${why}`)
  /** What is the administrators' unless an appointment names it is refused to those appointed for all acts. */
  const most = (why: string) => acts.map(act => `${act.name}: ${isReserved(act) ? Forbidden.name : why}`)
  assert.deepEqual(await mayOf(await viewerOf(db, null), ids.ben), all(SignInNeeded.name))
  assert.deepEqual(await mayOf(ann, ids.ben), all(Forbidden.name))
  const ofOne = await mayOf(await viewerOf(db, local), ids.ben)
  assert.deepEqual(
    ofOne,
    acts.map(({ name }) => `${name}: ${name === 'warn' ? 'done' : Forbidden.name}`),
  )
  const localViewer = await viewerOf(db, local)
  const [elsewhere, far] = [await makeTalk(db, other, ids.ben, []), await makeMember(db, 'Far')]
  await appoint(db, far, other)
  for (const about of [null, elsewhere.postId, replies[0], 99_999])
    await assert.rejects(press(db, localViewer, 'warn', [member(ids.ben)], { ...input, about }), isRefused)
  await assert.rejects(press(db, await viewerOf(db, far), 'warn', [member(ids.ben)], input), isRefused)
  assert.deepEqual(await mayOf(moderator, ids.ben), most('done'))
  assert.ok((await mayOf(admin, ids.ben)).every(one => /: (done|missed)$/.test(one)))
  assert.deepEqual(await mayOf(admin, await makeMember(db, 'Ajax', 'Administrators')), all(Forbidden.name))
  assert.deepEqual(await mayOf(admin, ids.admin), all(Forbidden.name))
  for (const equal of [ids.admin, peer, local, ids.moderator])
    assert.deepEqual(await mayOf(moderator, equal), all(Forbidden.name))
  await assert.rejects(press(db, admin, 'ban', [member(ids.admin)], input), Forbidden)
  assert.equal((await press(db, admin, 'ban', [member(peer)], input)).done.length, 1)
  const heldFor = async ({ standing }: Viewer) => {
    const rows = await sanctionsListed(
      db,
      { kind: 'held', now: Date.now(), standing, forumIds: null },
      { offset: 0, limit: 9 },
    )
    return rows.map(row => row.member_id)
  }
  assert.deepEqual(await heldFor(admin), [peer, ids.ben])
  assert.deepEqual(await heldFor(moderator), [ids.ben], 'nobody reads what is held against their equals')
  assert.deepEqual(await heldFor(await viewerOf(db, local)), [ids.ben])
  await assert.rejects(press(db, admin, 'ban', [member(99_999)], input), NotFound)
  await assert.rejects(press(db, admin, 'warn', [member(ids.ben)], { ...input, warning: 999 }), Invalid)
  const talk = await makeTalk(db, forum, ids.ben, [])
  await assert.rejects(press(db, await viewerOf(db, peer), 'lock', [topic(talk.topicId)]), Forbidden)

  const everything = { by: null, act: null, forum: null }
  const seen = async (viewer: Viewer) =>
    new Set((await logPage(db, viewer, everything, 1)).entries.map(({ sentence }) => sentence.key))
  assert.ok((await seen(moderator)).has('moderation.did_ban'))
  const warned = await press(db, moderator, 'warn', [member(ids.ben)], input)
  assert.deepEqual([...(await seen(await viewerOf(db, local)))], ['moderation.did_warn'])
  assert.deepEqual([...(await seen(await viewerOf(db, far)))], [])
  for (const viewer of [await viewerOf(db, far), localViewer])
    await assert.rejects(undoActs(db, viewer, { batch: warned.batch }), isRefused)
})

onBothDatabases('Points lead to what is set, once for each step, and all of it ends by itself', async ({ db }) => {
  const { ids, moderator } = await makeCourt(db)
  await db.deleteFrom('warning_steps').execute()
  const steps = [
    { points: 3, kind: 'approval' as const, days: 1 },
    { points: 6, kind: 'ban' as const, days: 2 },
  ]
  await db.insertInto('warning_steps').values(steps).execute()
  const [three] = (await warningReasons(db)).filter(({ points }) => points === 3)
  const input = { warning: three?.id ?? 0, about: null }
  const held = async () => {
    const { sanctions } = (await viewerOf(db, ids.ann)).member ?? {}
    return [sanctions?.approval !== null, sanctions?.ban !== null, sanctions?.unread]
  }
  await press(db, moderator, 'warn', [member(ids.ann)], input)
  assert.deepEqual(await held(), [true, false, 1])
  const second = await press(db, moderator, 'warn', [member(ids.ann)], input)
  assert.deepEqual(await held(), [true, true, 2])
  const banned = await viewerOf(db, ids.ann)
  assert.ok([...banned.forums.values()].every(verbs => [...verbs].every(verb => verb === 'read')))
  await undoActs(db, moderator, { batch: second.batch })
  assert.deepEqual(await held(), [true, false, 1])
  await endSanctions(db, Date.now() + 2 * day)
  assert.deepEqual(await held(), [false, false, 1])
  const { batch } = await press(db, moderator, 'ban', [member(ids.ben)], await filledIn(db))
  await assert.rejects(
    press(db, moderator, 'ban', [member(ids.ben)], await filledIn(db)).then(({ missed }) => {
      throw missed[0]?.why
    }),
    Conflict,
  )
  await undoActs(db, moderator, { batch })
  assert.equal(
    (await db.selectFrom('members').select('sanctioned_at').where('id', '=', ids.ben).executeTakeFirst())
      ?.sanctioned_at,
    null,
  )
})

onBothDatabases('A ban stands, whatever else of theirs ends at the same moment', async ({ db, kind }) => {
  const { ids } = await makeCourt(db)
  const told = { memberId: ids.ann, by: null, at: Date.now(), reason: null }
  await inTransaction(db, tx => impose(tx, 'approval', { ...told, days: 1 }))
  const [imposed, someoneWaits] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const banning = inTransaction(db, async tx => {
    await impose(tx, 'ban', { ...told, days: null })
    imposed.resolve()
    await someoneWaits.promise
  })
  await imposed.promise
  const ending = endSanctions(db, Date.now() + 2 * day)
  if (kind === 'postgres') await untilSomeoneWaits(db)
  someoneWaits.resolve()
  await Promise.all([banning, ending])
  assert.ok((await viewerOf(db, ids.ann)).member?.sanctions.ban)
})

async function untilSomeoneWaits(db: Db): Promise<void> {
  const waiting = sql<{ n: number }>`select count(*) as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  while (Number((await waiting.execute(db)).rows[0]?.n) === 0) await setImmediate()
}

function isRefused(error: unknown): boolean {
  return error instanceof Forbidden || error instanceof NotFound
}
