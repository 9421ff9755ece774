import assert from 'node:assert/strict'
import { forumOnBothDatabases, type Visitor } from '../../support/index.ts'
import { both } from '../claims/guests.ts'
import { goodPassword } from './accounts.ts'
import { accountOf, getsIn, letLinksRunOut, linksTo, linkTo, registerAs, signedInAs } from './letters.ts'

const [old, fresh] = ['bea@example.org', 'bea.new@example.org']
const thiefs = 'thief@example.org'

async function ask(visitor: Visitor, email: string, password: string) {
  await visitor.get('/account/email/')
  return visitor.press('Change the address', { email, password })
}

forumOnBothDatabases(
  'an address changes when it is confirmed from the new one, and the old one can take that back',
  async forum => {
    const { db } = forum
    const { password } = await forum.member('Bea')
    const carl = await forum.asMember('Carl')
    assert.match((await forum.asGuest().get('/account/email/')).url, /^\/login\//)
    const bea = await forum.asMember('Bea')
    assert.equal((await ask(bea, fresh, 'not it at all')).status, 422)
    assert.equal((await ask(bea, 'nowhere', password)).status, 422)
    assert.equal((await ask(bea, 'BEA@example.org', password)).status, 422)

    const asked = await ask(bea, fresh, password)
    assert.match(asked.text, /We mailed a link to bea\.new@example\.org/)
    const taken = await ask(bea, 'carl@example.org', password)
    const plain = (html: string, email: string) => html.replaceAll(email, '…')
    assert.equal(plain(taken.html, 'carl@example.org'), plain(asked.html, fresh))
    assert.deepEqual(await linksTo(forum, 'carl@example.org', 'email-change'), [])
    assert.match((await forum.mails('carl@example.org')).at(-1)?.subject ?? '', /tried to use your address/)
    assert.equal((await accountOf(db, 'Bea')).email, old)

    const path = await linkTo(forum, fresh, 'email-change')
    assert.match((await carl.get(path)).text, /You are signed in as Carl/)
    assert.equal((await carl.post(path)).status, 422)
    assert.equal((await forum.asGuest().post(path, { password: 'not it at all' })).status, 422)
    assert.equal((await accountOf(db, 'Bea')).email, old)
    await bea.get(path)
    const pages = await both(
      () => bea.press('Confirm this address'),
      () => bea.post(path),
    )
    assert.deepEqual(pages.map(({ status }) => status).sort(), [200, 404])
    const after = await accountOf(db, 'Bea')
    assert.deepEqual([after.email, after.email_key, after.email_verified_at !== null], [fresh, fresh, true])
    assert.equal((await bea.get(path)).status, 404)

    const back = await linkTo(forum, old, 'email-back')
    assert.deepEqual(await linksTo(forum, fresh, 'email-back'), [])
    await ask(bea, thiefs, password)
    const guest = forum.asGuest()
    await guest.get(await linkTo(forum, thiefs, 'email-change'))
    await guest.press('Confirm this address', { password })
    assert.equal(await signedInAs(guest), true)
    const laterBack = await linkTo(forum, fresh, 'email-back')
    const owner = forum.asGuest()
    assert.match((await owner.get(back)).text, /bea@example\.org becomes the address of the account Bea again/)
    assert.equal((await accountOf(db, 'Bea')).email, thiefs)
    await owner.press('Put this address back')
    assert.equal((await accountOf(db, 'Bea')).email, old)
    assert.deepEqual([await signedInAs(bea), await signedInAs(guest)], [false, false])
    assert.equal(await getsIn(forum, 'Bea', password), false)
    for (const gone of [back, laterBack]) {
      assert.equal((await owner.get(gone)).status, 404)
      assert.equal((await owner.post(gone)).status, 404)
    }
    await owner.get(await linkTo(forum, old, 'reset'))
    await owner.press('Set the new password', { new_password: goodPassword })
    assert.equal(await getsIn(forum, old), true)

    await db.deleteFrom('rate_limits').execute()
    await ask(owner, 'late@example.org', goodPassword)
    const late = await linkTo(forum, 'late@example.org', 'email-change')
    await ask(owner, 'raced@example.org', goodPassword)
    const raced = await linkTo(forum, 'raced@example.org', 'email-change')
    await registerAs(forum.asGuest(), 'Racer', 'raced@example.org')
    assert.equal((await owner.post(raced)).status, 409)
    await letLinksRunOut(db)
    assert.equal((await owner.post(late)).status, 404)
    assert.equal((await accountOf(db, 'Bea')).email, old)

    await db.deleteFrom('rate_limits').execute()
    await ask(owner, fresh, goodPassword)
    await owner.post((await linksTo(forum, fresh, 'email-change')).at(-1) ?? '')
    const tooLate = (await linksTo(forum, old, 'email-back')).at(-1) ?? ''
    const { expires_at } = await db
      .selectFrom('one_time_secrets')
      .select('expires_at')
      .where('purpose', '=', 'email-back')
      .orderBy('expires_at', 'desc')
      .executeTakeFirstOrThrow()
    assert.ok(Math.abs(Number(expires_at) - Date.now() - 7 * 86_400_000) < 60_000)
    await letLinksRunOut(db)
    assert.deepEqual([(await owner.get(tooLate)).status, (await owner.post(tooLate)).status], [404, 404])
    assert.equal((await accountOf(db, 'Bea')).email, fresh)
  },
  { mail: true },
)

forumOnBothDatabases(
  'a thief whose mail server took its time gets no way back of their own',
  async forum => {
    const { db } = forum
    const { password } = await forum.member('Bea')
    const thief = await forum.asMember('Bea')
    for (const email of [thiefs, 'thief.second@example.org']) {
      await ask(thief, email, password)
      await thief.get(await linkTo(forum, email, 'email-change'))
      if (email !== thiefs) forum.office.refuse(thiefs, 451)
      await thief.press('Confirm this address')
    }
    await assert.rejects(forum.runJobs(), /451/)
    const owner = forum.asGuest()
    await owner.get(await linkTo(forum, old, 'email-back'))
    await owner.press('Put this address back')
    assert.equal((await accountOf(db, 'Bea')).email, old)
    forum.office.accept()
    await db.updateTable('jobs').set({ run_at: 1 }).execute()
    assert.deepEqual(await linksTo(forum, thiefs, 'email-back'), [])
  },
  { mail: true },
)

forumOnBothDatabases(
  'mail goes again where it came back when its owner says so, and when nobody else does',
  async forum => {
    const { password } = await forum.member('Bea')
    const [bea, carl] = [await forum.asMember('Bea'), await forum.asMember('Carl')]
    const cameBack = ['carl@example.org', 'nobodys@example.org'].map(email_key => ({
      ...{ email_key, scope: 'all' as const },
      ...{ answer: '552 5.2.2 The mailbox is full', created_at: 1 },
    }))
    await forum.db.insertInto('mail_stops').values(cameBack).execute()
    const stopped = async () => (await forum.db.selectFrom('mail_stops').select('email_key').execute()).length
    await ask(bea, 'carl@example.org', password)
    assert.equal(await stopped(), 2)
    assert.match((await carl.get('/')).text, /Mail to carl@example\.org came back/)
    await ask(bea, 'nobodys@example.org', password)
    assert.equal(await stopped(), 1)
    assert.match(await linkTo(forum, 'nobodys@example.org', 'email-change'), /./)

    await bea.post('/account/email/again')
    assert.equal(await stopped(), 1)
    await carl.get('/account/email/')
    assert.match((await carl.press('Mail there again')).text, /From now on we mail carl@example\.org again/)
    assert.equal(await stopped(), 0)
    assert.doesNotMatch(carl.page.text, /came back|Mail there again/)
    await carl.post('/account/email/again')
    for (let time = 0; time < 4; time++) {
      await forum.db.insertInto('mail_stops').values(cameBack).execute()
      await carl.post('/account/email/again')
      await forum.db.deleteFrom('mail_stops').where('email_key', '=', 'nobodys@example.org').execute()
    }
    assert.equal(carl.page.status, 429)
    assert.equal(await stopped(), 1)
  },
  { mail: true },
)

forumOnBothDatabases(
  'a page never says that a link was mailed to an address from which mail came back',
  async forum => {
    const nora = forum.asGuest()
    await registerAs(nora, 'Nora', 'nora@example.org')
    forum.office.refuse('nora@example.org')
    await forum.runJobs()
    const page = await nora.get('/account/email/')
    assert.match(page.text, /came back/)
    assert.match(page.text, /No mail arrives at nora@example\.org/)
    assert.doesNotMatch(page.text, /We mailed/)
    forum.office.accept()
    assert.match((await nora.press('Send the link again')).text, /We mailed a link to nora@example\.org/)
    assert.match(await linkTo(forum, 'nora@example.org', 'verify'), /./)
  },
  { mail: true },
)

forumOnBothDatabases('while mail cannot be sent a proven address stays, and the page says so', async forum => {
  const bea = await forum.asMember('Bea')
  const page = await bea.get('/account/email/')
  assert.match(page.text, /cannot send mail yet/)
  assert.equal((await bea.post('/account/email', { email: fresh, password: 'x' })).status, 403)
  const { id, password } = await forum.member('Bea')
  await forum.db.updateTable('members').set({ email_verified_at: null }).where('id', '=', id).execute()
  assert.equal((await ask(bea, fresh, 'not it at all')).status, 422)
  assert.match((await ask(bea, fresh, password)).text, /Your email address is changed/)
  const { email, email_verified_at } = await accountOf(forum.db, 'Bea')
  assert.deepEqual([email, email_verified_at], [fresh, null])
})
