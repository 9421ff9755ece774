import assert from 'node:assert/strict'
import { approveAccounts } from '../../../src/features/spam/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'
import { anotherTab, newcomer, posts, reply, set, startTopic } from '../claims/guests.ts'
import { goodPassword } from './accounts.ts'
import { accountOf, linkTo, registerAs } from './letters.ts'

const newPassword = 'nine herons on the weir'

forumOnBothDatabases(
  'where accounts wait for an administrator, nothing is planted on somebody else’s address either',
  async forum => {
    const { db } = forum
    const bea = await forum.asMember('Bea')
    await set(db, { registration: 'approval' })
    await db.updateTable('groups').set({ guest_posting: 'named' }).where('kind', '=', 'guests').execute()
    await db.updateTable('revisions').set({ shell: 1000, permissions: 1000 }).execute()
    const mallory = forum.asGuest()
    const named = await mallory.get('/topic/1/')
    const sent = await named
      .form('Submit Reply')
      .fill({ body: 'Said by Zed', guest_name: 'Zed' })
      .submit('Submit Reply')
    const admin = await forum.asAdmin()
    const [said] = await posts(db)
    await admin.post('/moderate/', { act: 'approve', post: String(said?.id) })
    await mallory.get(sent.url)
    const kept = await mallory.press('Register and make it yours', newcomer('Mallory', goodPassword))
    assert.match(kept.text, /Your account waits for an administrator/)
    assert.match(kept.text, /Confirm your email address first/)
    assert.equal((await posts(db))[0]?.member_id, null)

    await reply(mallory, 'Planted words')
    await startTopic(mallory, 3, 'Planted topic', 'More of them')
    await mallory.post('/topic/1/mail-replies')
    assert.equal((await db.selectFrom('follows').selectAll().execute()).length, 1)
    await reply(bea, 'An answer to all.')
    const email = 'mallory@example.org'
    assert.deepEqual(
      (await forum.mails(email)).filter(mail => /An answer/.test(mail.text)),
      [],
    )

    const { id } = await accountOf(db, 'Mallory')
    const draft = { member_id: id, forum_id: 3, topic_id: null, title: 'T', format: 'markdown' as const, reason: null }
    await db
      .insertInto('drafts')
      .values({ ...draft, body: 'A planted draft', created_at: 1 })
      .execute()

    const victim = forum.asGuest()
    await victim.get(await linkTo(forum, email, 'verify'))
    const mine = await victim.press('Set the new password', { new_password: newPassword })
    assert.match(mine.text, /The account is yours/)
    assert.match(mine.text, /Your account waits for an administrator/)
    assert.deepEqual(await db.selectFrom('drafts').selectAll().execute(), [])
    await reply(victim, 'My own words')
    assert.deepEqual(
      (await posts(db)).map(({ text, pending_reason }) => [text, pending_reason]),
      [
        ['Said by Zed', null],
        ['An answer to all.', null],
        ['My own words', 'posts.waits_account'],
      ],
    )
    assert.equal(await approveAccounts(db, [id]), 1)
    assert.match((await forum.asGuest().get('/topic/1/')).text, /My own words/)

    const nora = forum.asGuest()
    assert.doesNotMatch((await registerAs(nora, 'Nora', 'nora@example.org')).text, /Your account is ready/)
    await reply(nora, 'Words of Nora')
    assert.equal(await approveAccounts(db, [(await accountOf(db, 'Nora')).id]), 1)
    assert.doesNotMatch((await forum.asGuest().get('/topic/1/')).text, /Words of Nora/)
    await nora.get(await linkTo(forum, 'nora@example.org', 'verify'))
    await nora.press('Confirm this address')
    assert.match((await forum.asGuest().get('/topic/1/')).text, /Words of Nora/)
  },
  { mail: true },
)

forumOnBothDatabases(
  'what is on its way while an account goes to the owner of its address does not arrive there',
  async forum => {
    const mallory = forum.asGuest()
    await registerAs(mallory, 'Mallory', 'victim@example.org')
    const body = `Planted ${'words '.repeat(3000)}`
    const tabs = Array.from({ length: 8 }, () => anotherTab(forum, mallory))
    const path = await linkTo(forum, 'victim@example.org', 'verify')
    const victim = forum.asGuest()
    const [mine] = await Promise.all([
      victim.post(`${path}/password`, { new_password: newPassword }),
      ...tabs.map(tab => tab.post('/topic/1/reply', { body, format: 'markdown' })),
    ])
    assert.match(mine.text, /The account is yours/)
    assert.deepEqual(await posts(forum.db), [])
    assert.deepEqual(await forum.db.selectFrom('drafts').selectAll().execute(), [])
  },
  { mail: true },
)

forumOnBothDatabases(
  'a session that was found before the account went to the owner of its address opens nothing after it',
  async forum => {
    const mallory = forum.asGuest()
    await registerAs(mallory, 'Mallory', 'victim@example.org')
    const found = await forum.db.selectFrom('sessions').selectAll().execute()
    const path = await linkTo(forum, 'victim@example.org', 'verify')
    const victim = forum.asGuest()
    assert.match((await victim.post(`${path}/password`, { new_password: newPassword })).text, /The account is yours/)
    // As it is for a request that read its session a moment before, and reads its member now.
    await forum.db.insertInto('sessions').values(found).execute()
    await mallory.post('/topic/1/reply', { body: 'Planted words', format: 'markdown' })
    await mallory.post('/drafts/typed', { place: 'topic:1', body: 'Planted words', format: 'markdown' })
    assert.deepEqual(await posts(forum.db), [])
    assert.deepEqual(await forum.db.selectFrom('drafts').selectAll().execute(), [])
    await reply(victim, 'My own words')
    assert.deepEqual(
      (await posts(forum.db)).map(({ text }) => text),
      ['My own words'],
    )
  },
  { mail: true },
)
