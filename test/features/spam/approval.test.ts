import assert from 'node:assert/strict'
import { forumOnBothDatabases, type TestForum } from '../../support/index.ts'
import { reply } from '../claims/guests.ts'
import { registers, set, whyWaits } from './strangers.ts'

/** Somebody registers, and writes. */
async function arrives(forum: TestForum, name: string, text: string) {
  const visitor = forum.asGuest()
  await registers(visitor, name)
  await reply(visitor, text)
  return visitor
}

forumOnBothDatabases(
  'with approval a new member signs in, reads and writes, and others see nothing of it until an administrator agrees',
  async forum => {
    const outsider = await forum.asMember('Otto')
    for (const path of ['/admin/members/waiting', '/admin/invitations', '/admin/spam']) {
      assert.equal((await outsider.get(path)).status, 404, path)
      assert.equal((await outsider.post(path, { act: 'approve', member: '1' })).status, 404, path)
    }
    await set(forum.db, { registration: 'approval', verify_email: 'off' })
    const nora = await arrives(forum, 'Nora', 'I wrote this while I waited.')
    assert.equal(await whyWaits(forum.db, 'Nora'), 'spam.why_approval')
    assert.match((await nora.get('/topic/1/')).text, /Your account waits for an administrator/)
    assert.match(nora.page.text, /I wrote this while I waited/)
    assert.doesNotMatch((await outsider.get('/topic/1/')).text, /while I waited/)

    const admin = await forum.asAdmin()
    await admin.get('/')
    const page = await admin.click('a[href="/admin/members/waiting"]')
    assert.match(
      page.text,
      /Nora[\s\S]*nora@example\.org[\s\S]*From 198\.18\.[\s\S]*looked at first[\s\S]*while I waited/,
    )
    const form = page.form('Approve').fill({ member: true })
    const again = page.form('Approve').fill({ member: true })
    assert.match((await form.submit('Approve')).text, /The account is approved\./)
    assert.match((await again.submit('Approve')).text, /Somebody else has decided on that meanwhile\./)
    assert.match((await outsider.get('/topic/1/')).text, /I wrote this while I waited/)
    assert.doesNotMatch((await nora.get('/')).text, /Your account waits/)
    const [mail] = await forum.mails('nora@example.org')
    assert.match(mail?.subject ?? '', /approved/)
    assert.match(mail?.text ?? '', /What you wrote so far has appeared/)
  },
  { mail: true },
)

forumOnBothDatabases(
  'whoever is refused is gone with everything they wrote, and learns why',
  async forum => {
    await set(forum.db, { registration: 'approval' })
    const spammer = await arrives(forum, 'Cheap Pills', 'Buy them.')
    await spammer.get('/forum/3/new-topic')
    await spammer.press('Submit Topic', { title: 'Pills', body: 'Buy them here.' })
    await arrives(forum, 'Cheap Watches', 'Buy these.')
    const keen = await arrives(forum, 'Keen', 'Let me in.')
    const admin = await forum.asAdmin()
    await admin.get('/admin/members/waiting')
    const none = await admin.press('Refuse', { reason: 'x' })
    assert.equal(none.status, 422)
    assert.match(none.text, /Choose at least one account/)
    await admin.get('/admin/members/waiting')
    const ids = await forum.db.selectFrom('members').select('id').where('name', 'like', 'Cheap%').execute()
    const page = await admin.press('Refuse', {
      member: ids.map(({ id }) => String(id)),
      reason: 'We sell nothing here.',
    })
    assert.match(page.text, /2 accounts are deleted/)
    assert.match(page.text, /Keen/)
    const rows = await forum.db.selectFrom('posts').select('text').where('id', '>', 1).execute()
    assert.deepEqual(rows, [{ text: 'Let me in.' }])
    assert.deepEqual(await forum.db.selectFrom('topics').select('id').where('title', '=', 'Pills').execute(), [])
    assert.match((await spammer.get('/')).text, /Sign In/)
    const [mail, ...others] = await forum.mails('cheap.pills@example.org')
    assert.match(mail?.text ?? '', /did not take it in[\s\S]*We sell nothing here/)
    assert.doesNotMatch(mail?.text ?? '', /Cheap Pills/)
    assert.deepEqual(others, [])
    assert.match((await registers(forum.asGuest(), 'Cheap Pills')).text, /Your account waits/)

    // What is public already would be torn out of its topic.
    await forum.db.updateTable('posts').set({ pending_at: null }).where('text', '=', 'Let me in.').execute()
    const { id: keenId } = await forum.db
      .selectFrom('members')
      .select('id')
      .where('name', '=', 'Keen')
      .executeTakeFirstOrThrow()
    const refused = await admin.post('/admin/members/waiting', { act: 'refuse', member: String(keenId) })
    assert.equal(refused.status, 409)
    assert.match((await keen.get('/topic/1/')).text, /Let me in/)
  },
  { mail: true },
)
