import assert from 'node:assert/strict'
import { compose } from '../../../src/content/index.ts'
import { moderationJobs } from '../../../src/features/moderation/index.ts'
import { undoActs } from '../../../src/features/moderation/performing/undo.ts'
import { Forbidden } from '../../../src/platform/errors.ts'
import { runDueJobs } from '../../../src/platform/jobs/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { assertSound } from '../posts/soundness.ts'
import { makeReply, makeTopic, postRow, topicRow } from '../posts/world.ts'
import { edit, makeCourt, makeEdit, makeTalk, post, press, topic } from './court.ts'
import { rightPassword, staffRoom } from './staff-room.ts'

const secret = 'xylographically'

async function composed(body: string) {
  return compose({ body, format: 'markdown' }, { maxLength: 10_000, maxEmoji: 75 })
}

function quoting(postId: number, answer: string): string {
  return `> [Ann wrote:](/post/${postId})\n>\n> He said ${secret} again.\n\n${answer}`
}

/** Every table in which the word still stands. */
async function traces(db: Db, word = secret): Promise<string[]> {
  const tables = await db.introspection.getTables()
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await db
      .selectFrom(name as 'posts')
      .selectAll()
      .execute()
    if (JSON.stringify(rows).includes(word)) found.push(name)
  }
  return found
}

async function writeEverywhere(db: Db, postId: number, topicId: number, forum: number, ids: Record<string, number>) {
  const { ann = 0, ben = 0 } = ids
  const { html, text, quotes, version } = await composed(quoting(postId, 'No, he did not.'))
  const answer = await makeReply(db, topicId, ben, { html, text, quotes, contentVersion: version })
  const other = await makeReply(db, topicId, ben)
  const old = { replaced_at: 1, replaced_by_id: ann, reason: secret, title: null }
  await db
    .insertInto('post_versions')
    .values([
      { ...old, post_id: postId, html: `<p>${secret}</p>`, text: secret },
      { ...old, post_id: other.id, html, text: 'No, he did not.', reason: null },
    ])
    .execute()
  await makeEdit(db, postId, ann, `Still ${secret}`)
  await makeEdit(db, other.id, ben)
  await db.updateTable('proposed_edits').set({ html, text }).where('post_id', '=', other.id).execute()
  const typed = { body: quoting(postId, 'I doubt it.'), format: 'markdown' as const }
  const claim = { forum_id: forum, topic_id: topicId, post_id: null, title: null, fingerprint: 'f', address: null }
  await db
    .insertInto('claims')
    .values([
      { ...claim, ...typed, kind: 'reply', html, text, created_at: 1, expires_at: 2 },
      {
        ...claim,
        kind: 'post',
        post_id: postId,
        body: secret,
        format: 'markdown',
        html: secret,
        text: secret,
        created_at: 1,
        expires_at: 2,
      },
    ])
    .execute()
  await db
    .insertInto('drafts')
    .values({ ...typed, member_id: ben, forum_id: forum, topic_id: topicId, title: null, reason: null, created_at: 1 })
    .execute()
  return { answer: answer.id, other: other.id }
}

onBothDatabases('What is erased for good leaves no trace of its text anywhere', async ({ db }) => {
  const { forum, ids, admin } = await makeCourt(db)
  const { topicId, replies } = await makeTalk(db, forum, ids.ann, [ids.ben, ids.ann, ids.ben])
  const [, target = 0] = replies
  const words = { html: `<p>He said ${secret}.</p>`, text: `He said ${secret}.`, edit_reason: secret }
  await db.updateTable('posts').set(words).where('id', '=', target).execute()
  const { answer } = await writeEverywhere(db, target, topicId, forum, ids)
  await press(db, admin, 'recommend', [post(target)], { note: `About ${secret}` })
  await press(db, admin, 'unrecommend', [post(target)])
  await press(db, admin, 'recommend', [post(target)], { note: `About ${secret}` })
  assert.deepEqual((await traces(db)).sort(), [
    'claims',
    'drafts',
    'moderation_log',
    'post_versions',
    'posts',
    'proposed_edits',
  ])

  const { done } = await press(db, admin, 'erase', [post(target)], { password: rightPassword, reason: 'By law' })
  assert.deepEqual(done, [post(target)])
  assert.deepEqual(await traces(db), [])
  await assertSound(db)
  const row = await postRow(db, target)
  assert.ok(row.erased_at !== null && row.deleted_at !== null && row.position === null)
  assert.match((await postRow(db, answer)).html, /No, he did not\./)
  assert.deepEqual(await db.selectFrom('drafts').select('body').execute(), [{ body: '> …\n\nI doubt it.' }])
  assert.equal((await db.selectFrom('claims').selectAll().execute()).length, 1)
  assert.deepEqual(await db.selectFrom('post_quotes').selectAll().execute(), [])
})

onBothDatabases('Nothing brings back what was erased, and nothing is done to it any more', async ({ db }) => {
  const { forum, ids, admin, moderator } = await makeCourt(db)
  const { replies } = await makeTalk(db, forum, ids.ann, [ids.ben])
  const [reply = 0] = replies
  const hidden = await press(db, moderator, 'hide', [post(reply)])
  await assert.rejects(press(db, moderator, 'erase', [post(reply)], { password: rightPassword }), Forbidden)
  const { batch } = await press(db, admin, 'erase', [post(reply)], { password: rightPassword })
  for (const act of ['unhide', 'restore', 'recommend', 'erase'])
    assert.equal((await press(db, admin, act, [post(reply)], { password: rightPassword, note: null })).done.length, 0)
  assert.equal((await undoActs(db, admin, { batch })).missed[0]?.reason?.key, 'moderation.no_undo')
  assert.equal((await undoActs(db, admin, { batch: hidden.batch })).missed[0]?.reason?.key, 'moderation.since_erase')
  assert.equal((await press(db, admin, 'approve', [edit(reply)])).done.length, 0)
})

onBothDatabases('An erased opening post takes its title along and its topic out of sight', async ({ db }) => {
  const { forum, ids, admin } = await makeCourt(db)
  const { topicId, postId } = await makeTopic(db, forum, ids.ann, `About ${secret}`)
  await makeReply(db, topicId, ids.ben)
  await press(db, admin, 'erase', [post(postId)], { password: rightPassword })
  assert.deepEqual(await traces(db), [])
  assert.notEqual((await topicRow(db, topicId)).deleted_at, null)
  await assertSound(db)
  assert.equal((await press(db, admin, 'restore', [topic(topicId)])).done.length, 1, 'the replies can come back')
  await assertSound(db)
})

onBothDatabases('An answer that was begun before the post was erased is cleaned later', async ({ db }) => {
  const { forum, ids, admin } = await makeCourt(db)
  const { topicId, replies } = await makeTalk(db, forum, ids.ann, [ids.ann])
  const [reply = 0] = replies
  await press(db, admin, 'erase', [post(reply)], { password: rightPassword })
  const { html, text, quotes } = await composed(quoting(reply, 'Late.'))
  await makeReply(db, topicId, ids.ben, { html, text, quotes })
  assert.deepEqual(await traces(db), ['posts'])
  await runDueJobs(db, moderationJobs, Date.now() + 24 * 60 * 60_000).catch(() => undefined)
  assert.deepEqual(await traces(db), [])
})

onBothDatabases('Erasing asks an administrator for the password again', async ({ db, t }) => {
  const { forum, ids } = await makeCourt(db)
  const { replies } = await makeTalk(db, forum, ids.ann, [ids.ben])
  const [reply = 0] = replies
  await inTransaction(db, async tx => {
    await tx
      .updateTable('posts')
      .set({ html: `<p>${secret}</p>`, text: secret })
      .where('id', '=', reply)
      .execute()
  })
  const { visit } = await staffRoom(t, db)
  assert.ok(!(await visit(ids.moderator).get(`/post/${reply}`)).texts('.menu-item').includes('Erase for good'))
  const agatha = visit(ids.admin)
  await agatha.get(`/post/${reply}`)
  const asked = await agatha.press('Erase for good')
  assert.match(asked.text, /nothing brings them back/)
  const refused = await agatha.press('Erase for good', { password: 'wrong', reason: 'By law' })
  assert.equal(refused.status, 422)
  assert.match(refused.text, /That is not your password\./)
  assert.deepEqual(await traces(db), ['posts'])
  const erased = await agatha.press('Erase for good', { password: rightPassword })
  assert.match(erased.text, /The post was erased for good\./)
  assert.ok(!erased.has('form[action="/modcp/undo/"]'), 'there is no Undo')
  assert.deepEqual(await traces(db), [])
  const log = await agatha.get('/modcp/log/')
  assert.match(log.text, /Erased a post by Ben/)
  assert.match(log.text, /By law/)
  assert.match(log.text, /No Undo/)
})
