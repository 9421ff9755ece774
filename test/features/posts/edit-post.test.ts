import assert from 'node:assert/strict'
import { toMarkdown } from '../../../src/content/index.ts'
import type { Viewer } from '../../../src/features/members/index.ts'
import { type EditDraft, EditedMeanwhile, editPost } from '../../../src/features/posts/edits/edit-post.ts'
import { openEdit } from '../../../src/features/posts/edits/open-edit.ts'
import {
  approveProposedEdit,
  rejectProposedEdit,
  unapproveEdit,
  unrejectEdit,
  waitingEdits,
} from '../../../src/features/posts/edits/propose-edit.ts'
import { versionsPageOf } from '../../../src/features/posts/edits/versions-page.ts'
import { postReply } from '../../../src/features/posts/post-reply.ts'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { Conflict, Forbidden, NotFound, SignInNeeded, TooMany } from '../../../src/platform/errors.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/stores.ts'
import { assertSound } from './soundness.ts'
import { makeForums, makeTopic, makeViewer, postRow, setVerb, topicRow, typed, viewerOf } from './world.ts'

async function scene(db: Db) {
  const [forum = 0] = await makeForums(db, 1)
  const ann = await makeViewer(db, 'Ann')
  const { topicId, postId } = await makeTopic(db, forum, ann.member?.id ?? 0)
  const ben = await makeViewer(db, 'Ben')
  const reply = await postReply(db, ben, await topicRow(db, topicId), typed('First **words**'))
  const mod = await makeViewer(db, 'Mod', 'Moderators')
  return { forum, topicId, postId, reply, ann, ben: await again(db, ben), mod }
}

/** The same member with counts as they are now. */
function again(db: Db, viewer: Viewer): Promise<Viewer> {
  return viewerOf(db, viewer.member?.id ?? 0)
}

function saying(body: string, more: Partial<EditDraft> = {}): EditDraft {
  return { ...typed(body), reason: null, base: 0, ...more }
}

async function versions(db: Db) {
  return db.selectFrom('post_versions').selectAll().orderBy('id').execute()
}

onBothDatabases('Guests and other members cannot edit a post', async ({ db }) => {
  const { reply, ann } = await scene(db)
  await assert.rejects(editPost(db, await viewerOf(db, null), reply, saying('Mine')), SignInNeeded)
  await assert.rejects(editPost(db, ann, reply, saying('Mine')), Forbidden)
  await assert.rejects(openEdit(db, ann, reply.id), Forbidden)
  assert.equal((await postRow(db, reply.id)).html, reply.html)
})

onBothDatabases('An edit is signed, with its reason, and what was said before is kept', async ({ db }) => {
  const { reply, ben } = await scene(db)
  const { post, outcome } = await editPost(db, ben, reply, saying('Other words', { reason: 'Typo' }))
  assert.equal(outcome, 'saved')
  assert.deepEqual([post.html, post.text], ['<p>Other words</p>', 'Other words'])
  assert.deepEqual([post.edited_by_id, post.edit_reason, post.position], [ben.member?.id, 'Typo', 2])
  const [version] = await versions(db)
  assert.deepEqual([version?.html, version?.replaced_by_id, version?.reason], [reply.html, ben.member?.id, 'Typo'])
  await assertSound(db)
})

onBothDatabases('Saving what the form offered changes nothing and makes no version', async ({ db }) => {
  const { reply, ben } = await scene(db)
  const { html, base } = await openEdit(db, ben, reply.id)
  const body = await toMarkdown(html)
  assert.equal(body, 'First **words**')
  const edited = await editPost(db, ben, reply, saying(`${body.replaceAll('\n', '\r\n')}\r\n`, { base }))
  assert.equal(edited.outcome, 'unchanged')
  assert.equal((await postRow(db, reply.id)).edited_at, null)
  assert.deepEqual(await versions(db), [])
})

onBothDatabases('The title changes with the opening post, and its address too; both are kept', async ({ db }) => {
  const { postId, topicId, ann } = await scene(db)
  const opening = await postRow(db, postId)
  await editPost(db, ann, opening, saying('Words', { title: 'Another title' }))
  const topic = await topicRow(db, topicId)
  assert.deepEqual([topic.title, topic.slug], ['Another title', 'another-title'])
  const [version] = await versions(db)
  assert.equal(version?.title, 'A topic')
  const page = await versionsPageOf(db, ann, postId)
  assert.deepEqual(
    page.versions.map(one => one.title),
    ['Another title', 'A topic'],
  )
})

onBothDatabases('A reply has no title to change', async ({ db }) => {
  const { reply, ben, topicId } = await scene(db)
  await editPost(db, ben, reply, saying('Words', { title: 'Stolen title' }))
  assert.equal((await topicRow(db, topicId)).title, 'A topic')
})

onBothDatabases('Members edit for as long as their group says, moderators always', async ({ db }) => {
  const { reply, ben, mod } = await scene(db)
  const long = Date.now() - 1441 * 60_000
  await db.updateTable('posts').set({ created_at: long }).where('id', '=', reply.id).execute()
  await assert.rejects(editPost(db, ben, reply, saying('Too late')), Forbidden)
  assert.equal((await editPost(db, mod, reply, saying('Tidied'))).outcome, 'saved')
})

onBothDatabases('Nobody edits in a locked topic but moderators', async ({ db }) => {
  const { reply, ben, mod, topicId } = await scene(db)
  await db.updateTable('topics').set({ locked_at: 1 }).where('id', '=', topicId).execute()
  await assert.rejects(editPost(db, ben, reply, saying('Changed')), Forbidden)
  await editPost(db, mod, reply, saying('Tidied'))
})

onBothDatabases('Nobody edits the post of someone of equal or higher standing', async ({ db }) => {
  const { topicId, mod } = await scene(db)
  const chief = await makeViewer(db, 'Chief', 'Administrators')
  const other = await makeViewer(db, 'Other', 'Moderators')
  const topic = await topicRow(db, topicId)
  const [ofChief, ofOther] = [
    await postReply(db, chief, topic, typed('A')),
    await postReply(db, other, topic, typed('B')),
  ]
  await assert.rejects(editPost(db, mod, ofChief, saying('Changed')), Forbidden)
  await assert.rejects(editPost(db, mod, ofOther, saying('Changed')), Forbidden)
  await editPost(db, chief, ofOther, saying('Changed'))
  await editPost(db, mod, await postReply(db, mod, topic, typed('Own')), saying('Changed'))
})

onBothDatabases('Of two who edit at once the second is told, and can save over it knowingly', async ({ db }) => {
  const { reply, ben, mod } = await scene(db)
  const both = await Promise.allSettled([
    editPost(db, ben, reply, saying('By Ben')),
    editPost(db, mod, reply, saying('By Mod')),
  ])
  const refused = both.filter(one => one.status === 'rejected')
  assert.equal(refused.length, 1)
  assert.ok(refused[0]?.reason instanceof EditedMeanwhile)
  const { base } = await openEdit(db, mod, reply.id)
  const { post } = await editPost(db, mod, reply, saying('By Mod again', { base }))
  assert.equal(post.text, 'By Mod again')
  assert.equal((await versions(db)).length, 2)
})

onBothDatabases('Whoever saves what somebody else has saved meanwhile is not bothered', async ({ db }) => {
  const { reply, ben, mod } = await scene(db)
  await editPost(db, mod, reply, saying('The same'))
  assert.equal((await editPost(db, ben, reply, saying('The same'))).outcome, 'unchanged')
})

onBothDatabases('Earlier versions are for the author and moderators only', async ({ db }) => {
  const { reply, ann, ben, mod } = await scene(db)
  await editPost(db, ben, reply, saying('Second'))
  await editPost(db, mod, reply, saying('Third', { base: (await openEdit(db, mod, reply.id)).base, reason: 'Rules' }))
  for (const outsider of [ann, await viewerOf(db, null)]) {
    await assert.rejects(versionsPageOf(db, outsider, reply.id), NotFound)
  }
  for (const insider of [ben, mod]) {
    const { versions: shown } = await versionsPageOf(db, insider, reply.id)
    assert.deepEqual(
      shown.map(({ html, editor, reason }) => [html.replace(/<[^>]+>/g, ''), editor, reason]),
      [
        ['Third', 'Mod', 'Rules'],
        ['Second', 'Ben', null],
        ['First words', null, null],
      ],
    )
  }
})

onBothDatabases(
  'An edit that adds a link to the only post of a member waits; the approved text stays',
  async ({ db }) => {
    const { reply, ben } = await scene(db)
    for (const body of ['Now https://example.com', 'Now cheap-pills.example.com', 'Now me@example.com']) {
      const { post, outcome } = await editPost(db, ben, reply, saying(body))
      assert.deepEqual([outcome, post.html], ['proposed', reply.html], body)
    }
    const edit = (await waitingEdits(db, [reply.id])).get(reply.id)
    assert.deepEqual([edit?.text, edit?.pending_reason], ['Now me@example.com', 'posts.waits_first_link'])
    const opened = await openEdit(db, ben, reply.id)
    assert.deepEqual([opened.html, opened.isProposed], [edit?.html, true])
    assert.deepEqual(await versions(db), [])
    await assertSound(db)
  },
)

onBothDatabases('An edit without a new link is saved, also by someone whose posts would wait', async ({ db }) => {
  const { forum, topicId } = await scene(db)
  const cleo = await makeViewer(db, 'Cleo')
  const reply = await postReply(db, cleo, await topicRow(db, topicId), typed('Old words'))
  await setVerb(db, forum, 'Members', 'publish', false)
  const held = await again(db, cleo)
  assert.equal((await editPost(db, held, reply, saying('New words'))).outcome, 'saved')
  const base = (await openEdit(db, held, reply.id)).base
  const { outcome } = await editPost(db, held, reply, saying('New words, https://example.com', { base }))
  assert.equal(outcome, 'proposed')
})

onBothDatabases('Members with other public posts add links as they like', async ({ db }) => {
  const { topicId, reply, ben } = await scene(db)
  await postReply(db, ben, await topicRow(db, topicId), typed('A second post'))
  const known = await again(db, ben)
  assert.equal((await editPost(db, known, reply, saying('https://example.com'))).outcome, 'saved')
})

onBothDatabases('A newer edit without the link is saved, and the one that waited is forgotten', async ({ db }) => {
  const { reply, ben } = await scene(db)
  await editPost(db, ben, reply, saying('See https://example.com'))
  assert.equal((await editPost(db, ben, reply, saying('See nothing'))).outcome, 'saved')
  assert.equal((await waitingEdits(db, [reply.id])).size, 0)
})

onBothDatabases('A post that waits is simply changed, link or not', async ({ db }) => {
  const { topicId } = await scene(db)
  const cleo = await makeViewer(db, 'Cleo')
  const reply = await postReply(db, cleo, await topicRow(db, topicId), typed('https://example.com'))
  const { post, outcome } = await editPost(db, cleo, reply, saying('https://example.com/other'))
  assert.equal(outcome, 'saved')
  assert.ok(post.pending_at)
  assert.equal(post.text, 'https://example.com/other')
})

onBothDatabases(
  'An approved edit takes its place, signed by its author, and approval can be taken back',
  async ({ db }) => {
    const { reply, ben } = await scene(db)
    await editPost(db, ben, reply, saying('See https://example.com', { reason: 'More' }))
    const approval = await inTransaction(db, tx => approveProposedEdit(tx, reply.id))
    const approved = await postRow(db, reply.id)
    assert.deepEqual(
      [approved.text, approved.edited_by_id, approved.edit_reason],
      ['See https://example.com', ben.member?.id, 'More'],
    )
    await assert.rejects(
      inTransaction(db, tx => approveProposedEdit(tx, reply.id)),
      Conflict,
    )
    await inTransaction(db, tx => unapproveEdit(tx, reply.id, approval, 'posts.waits_first_link'))
    const back = await postRow(db, reply.id)
    assert.deepEqual([back.html, back.text, back.edited_at], [reply.html, reply.text, null])
    assert.equal((await waitingEdits(db, [reply.id])).get(reply.id)?.text, 'See https://example.com')
    assert.deepEqual(await versions(db), [])
  },
)

onBothDatabases('Approval cannot be taken back over what was written after it', async ({ db }) => {
  const { reply, ben, mod } = await scene(db)
  await editPost(db, ben, reply, saying('See https://example.com'))
  const approval = await inTransaction(db, tx => approveProposedEdit(tx, reply.id))
  await editPost(db, mod, reply, saying('Tidied', { base: approval.versionId }))
  const takeBack = inTransaction(db, tx => unapproveEdit(tx, reply.id, approval, 'posts.waits_first_link'))
  await assert.rejects(takeBack, Conflict)
  assert.equal((await postRow(db, reply.id)).text, 'Tidied')
})

onBothDatabases('A rejected edit leaves the post as it is, and waits again when that is undone', async ({ db }) => {
  const { reply, ben } = await scene(db)
  await editPost(db, ben, reply, saying('See https://example.com'))
  await inTransaction(db, tx => rejectProposedEdit(tx, reply.id))
  assert.equal((await waitingEdits(db, [reply.id])).size, 0)
  assert.equal((await postRow(db, reply.id)).html, reply.html)
  assert.equal((await openEdit(db, ben, reply.id)).isProposed, false)
  await assert.rejects(
    inTransaction(db, tx => approveProposedEdit(tx, reply.id)),
    Conflict,
  )
  await inTransaction(db, tx => unrejectEdit(tx, reply.id))
  assert.equal((await waitingEdits(db, [reply.id])).size, 1)
})

onBothDatabases('Two moderators who approve the same edit at once: one does, the other is told', async ({ db }) => {
  const { reply, ben } = await scene(db)
  await editPost(db, ben, reply, saying('See https://example.com'))
  const approve = () => inTransaction(db, tx => approveProposedEdit(tx, reply.id))
  const done = await Promise.allSettled([approve(), approve()])
  assert.deepEqual(done.map(one => one.status).sort(), ['fulfilled', 'rejected'])
  assert.equal((await versions(db)).length, 1)
})

onBothDatabases(
  'A member who edits too often in an hour is asked to wait; looking and saving unchanged does not count',
  async ({ db }) => {
    const { reply, ben } = await scene(db)
    await inTransaction(db, tx => writeSettings(tx, { posts_per_hour: 2 }))
    for (const body of ['Two', 'Two', 'Two', 'Three']) {
      await editPost(db, ben, reply, saying(body, { base: (await openEdit(db, ben, reply.id)).base }))
    }
    const { base } = await openEdit(db, ben, reply.id)
    await assert.rejects(editPost(db, ben, reply, saying('Four', { base })), TooMany)
    assert.equal((await postRow(db, reply.id)).text, 'Three')
  },
)
