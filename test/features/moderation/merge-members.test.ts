import assert from 'node:assert/strict'
import test from 'node:test'
import { moves, placeOf } from '../../../src/features/moderation/merging/moves.ts'
import { recountAll } from '../../../src/features/posts/upkeep/recount.ts'
import { holdings } from '../../../src/features/privacy/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'
import { assertSound } from '../posts/soundness.ts'
import { makeReply, makeTopic } from '../posts/world.ts'
import { everyRow } from './court.ts'

/** What stays with an account that is merged into another one, and why. */
const stays: Record<string, string> = {
  'sessions.member_id': 'they end',
  'remember_tokens.member_id': 'they end',
  'known_browsers.member_id': 'they have signed in to that account',
  'one_time_secrets.member_id': 'they open that account',
  'email_changes.member_id': 'they are about its address',
  'former_names.member_id': 'they are its names',
  'submissions.member_id': 'they only keep a form from being sent twice',
  'topic_reads.member_id': 'the other has read what they have read',
  'forum_reads.member_id': 'the other has read what they have read',
  'moderators.member_id': 'merging appoints nobody',
  'moderation_log.member_id': 'the log says under which account something was done',
  'moderation_log.undone_by_id': 'the log says under which account something was done',
  'admin_log.done_by_id': 'the log says under which account something was done',
  'admin_log.member_id': 'the log says to which account something was done',
  'admin_log.undone_by_id': 'the log says under which account something was done',
  'report_mail_stops.member_id': 'the other chooses for themselves',
  'signatures.member_id': 'the other signs for themselves',
  'report_alerts.member_id': 'they are what a mail to that address has told',
  'sent_mails.member_id': 'they went to its address',
  'announcements.created_by_id': 'they are texts of the forum',
  'announcement_dismissals.member_id': 'the other puts away what they have read',
  'rules.on_by_id': 'a rule acts for whoever switched it on, with their rights',
  'page_versions.member_id': 'they are texts of the forum',
  'exports.member_id': 'they are files about that account',
  'exports.asked_by_id': 'they are files about that account',
}

test('Everything that names a member goes along with a merge or is known to stay', () => {
  const known = [...moves.map(placeOf), ...Object.keys(stays)].sort()
  assert.deepEqual(known, holdings.map(({ table, column }) => `${table}.${column}`).sort())
})

const day = 24 * 60 * 60_000

/** Nobody has given a password for a while. */
async function longAgo(db: Db): Promise<void> {
  for (const { id, data } of await db.selectFrom('sessions').select(['id', 'data']).execute()) {
    const old = JSON.stringify({ ...JSON.parse(data), confirmedAt: 1 })
    await db.updateTable('sessions').set({ data: old }).where('id', '=', id).execute()
  }
}

forumOnBothDatabases('An administrator merges two accounts, and takes that back within a month', async site => {
  const { db } = site
  const forum = await db.selectFrom('forums').select('id').where('kind', '=', 'forum').executeTakeFirstOrThrow()
  const [ann, bea] = [await site.member('Ann'), await site.member('Bea')]
  const own = await makeTopic(db, forum.id, bea.id, 'Olives')
  const talk = await makeTopic(db, forum.id, ann.id, 'Figs')
  await makeReply(db, talk.topicId, bea.id)
  await makeReply(db, talk.topicId, bea.id, { pendingReason: 'posts.waits_for_all' })
  const mention = `<p><a class="mention" href="/profile/${bea.id}">@Bea</a> said so</p>`
  const naming = await makeReply(db, talk.topicId, null, { html: mention, text: '@Bea said so' })
  const typed = { title: null, body: 'Ripe', format: 'markdown' as const, reason: null, created_at: 7 }
  for (const [member_id, place] of [
    [ann.id, `topic:${talk.topicId}`],
    [bea.id, `topic:${talk.topicId}`],
    [bea.id, `topic:${own.topicId}`],
  ] as const)
    await db
      .insertInto('drafts')
      .values({ ...typed, member_id, forum_id: null, topic_id: null, place })
      .execute()
  for (const [member_id, topic_id] of [
    [ann.id, talk.topicId],
    [bea.id, talk.topicId],
    [bea.id, own.topicId],
  ] as const)
    await db.insertInto('follows').values({ member_id, topic_id, created_at: 5, mailed_at: null }).execute()
  await db.insertInto('member_notes').values({ member_id: bea.id, text: 'Twice here', created_at: 1 }).execute()
  const beas = await site.asMember('Bea')
  const [admin, minos] = [await site.asAdmin(), await site.asMember('Minos', { group: 'Moderators' })]
  const rows = async () => ({
    ...(await everyRow(db)),
    members: (await everyRow(db)).members.map(({ last_seen_at: _, ...row }) => row),
    drafts: await db.selectFrom('drafts').selectAll().orderBy('id').execute(),
    follows: await db.selectFrom('follows').selectAll().orderBy('member_id').orderBy('topic_id').execute(),
    notes: await db.selectFrom('member_notes').selectAll().execute(),
  })
  const before = await rows()

  const there = `/profile/${bea.id}-bea/`
  const form = { act: 'merge_members', member: String(bea.id), reason: '', return: there }
  for (const outsider of [site.asGuest(), beas, minos])
    assert.equal((await outsider.post('/moderate/', { ...form, member_into: 'Ann', sure: String(ann.id) })).status, 403)
  const peer = await site.member('Ajax', { group: 'Administrators' })
  for (const wrong of ['Nobody', 'Bea', 'Ajax'])
    assert.equal((await admin.post('/moderate/', { ...form, member_into: wrong })).status, 422, wrong)
  const onPeer = { ...form, member: String(peer.id), member_into: 'Ann' }
  assert.equal((await admin.post('/moderate/', onPeer)).status, 403)
  assert.deepEqual(await rows(), { ...before, members: (await rows()).members })
  const settled = await rows()

  await longAgo(db)
  const stopped = await admin.post('/moderate/', { ...form, member_into: 'Ann', sure: String(ann.id) })
  assert.equal(stopped.h1, 'Your password again')
  await admin.press('Go on', { sudo_password: site.admin.password })
  assert.equal(admin.page.h1, 'Merge this account into another one')
  const asked = await admin.press('Merge into another account')
  assert.match(asked.text, /What goes from Bea to Ann[\s\S]*Posts\s*3[\s\S]*Topics\s*1[\s\S]*Drafts\s*2/)
  assert.deepEqual(await rows(), settled)
  assert.match((await admin.press('Merge into another account')).text, /The account was merged/)
  await site.runJobs()
  assert.deepEqual(await recountAll(db, { repair: false }), [])
  await assertSound(db)
  assert.match((await site.asGuest().get(`/topic/${own.topicId}-olives/`)).text, /Ann/)
  assert.match((await site.asGuest().get(there)).url, new RegExp(`/profile/${ann.id}-ann/`))
  assert.doesNotMatch((await beas.get('/')).text, /Sign Out/)
  const drafts = await db.selectFrom('drafts').select(['member_id', 'place']).orderBy('id').execute()
  assert.deepEqual(
    drafts.map(({ member_id, place }) => [member_id, place]),
    [`topic:${talk.topicId}`, null, `topic:${own.topicId}`].map(place => [ann.id, place]),
  )
  assert.equal((await db.selectFrom('follows').selectAll().where('member_id', '=', ann.id).execute()).length, 2)
  assert.match((await (await site.asMember('Ann')).get('/')).text, /merged the account of Bea into yours/)
  const locked = await admin.post('/moderate/', { ...form, act: 'open_account' })
  assert.match(locked.text, /handled already/)

  await admin.get('/modcp/log/')
  assert.match((await admin.press('Undo')).text, /That was undone/)
  assert.deepEqual(await rows(), settled)
  await assertSound(db)
  await site.signIn(site.asGuest(), bea)

  await admin.post('/moderate/', { ...form, member_into: 'Ann', sure: String(ann.id) })
  // Bea had asked to leave before; that may not end the account without what is Ann's now.
  await db
    .updateTable('members')
    .set({ merged_at: Date.now() - 31 * day, leaving_at: 1 })
    .where('id', '=', bea.id)
    .execute()
  await db.insertInto('jobs').values({ name: 'privacy.leave', payload: 'null', created_at: 1, run_at: 1 }).execute()
  await site.runJobs()
  await site.runJobs()
  const gone = await db.selectFrom('members').selectAll().where('id', '=', bea.id).executeTakeFirstOrThrow()
  assert.equal(gone.email, '')
  assert.equal((await db.selectFrom('merged_rows').selectAll().execute()).length, 0)
  const { html } = await db.selectFrom('posts').select('html').where('id', '=', naming.id).executeTakeFirstOrThrow()
  assert.match(html, new RegExp(`href="/profile/${ann.id}">@Ann<`))
  assert.match((await site.asGuest().get(there)).url, new RegExp(`/profile/${ann.id}-ann/`))
  await admin.get('/modcp/log/')
  assert.match((await admin.press('Undo')).text, /does not exist any more, so nothing can be given back/)
  await assertSound(db)
})
