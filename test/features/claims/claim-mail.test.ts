import assert from 'node:assert/strict'
import { purgeClaims } from '../../../src/features/claims/index.ts'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { anotherTab, both, claimCookies, claims, heldBy, newcomer, posts, secretOf, set } from './guests.ts'

const day = 24 * 60 * 60 * 1000
const theirs = 'nora@example.org'

async function replyWith(visitor: Visitor, body: string, email: string) {
  await visitor.get('/topic/1/')
  return visitor.press('Submit Reply', { body, email })
}

/** Every row of every table, as one text. */
async function everything({ db }: TestForum): Promise<string> {
  const tables = await db.introspection.getTables()
  const rows = await Promise.all(
    tables.map(({ name }) =>
      db
        .selectFrom(name as 'claims')
        .selectAll()
        .execute(),
    ),
  )
  return JSON.stringify(rows)
}

const pathOf = (address: string) => new URL(address).pathname

/** Mails about claims that have arrived there, and the path in the newest. */
async function linkFrom(forum: TestForum, to = theirs): Promise<string> {
  return pathOf((await forum.mails(to)).at(-1)?.link(/\/claim\//) ?? '')
}

forumOnBothDatabases(
  'a guest who gives an address finishes on another device, with nothing they typed in the mail',
  async forum => {
    const guest = forum.asGuest()
    const page = await replyWith(guest, 'Buy my **walrus**', theirs)
    assert.match(page.text, /A link to this page is on its way to nora@example\.org/)
    assert.equal(page.form('Register and publish').value('email'), theirs)
    const [mail] = await forum.mails()
    assert.equal(mail?.to, theirs)
    assert.doesNotMatch(`${mail?.subject} ${mail?.text} ${mail?.html}`, /walrus/)
    assert.match(mail?.headers['list-unsubscribe'] ?? '', /\/unsubscribe\/claims\//)
    assert.equal(mail?.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click')

    const path = pathOf(mail?.link(/\/claim\//) ?? '')
    assert.notEqual(path, new URL(page.url, forum.url).pathname)
    const phone = forum.asGuest()
    const there = await phone.get(path)
    assert.match(there.text, /Buy my walrus/)
    assert.deepEqual(heldBy(phone), [])
    await phone.press('Register and publish', { ...newcomer('Nora'), 'Email Address': theirs })
    assert.match((await posts(forum.db))[0]?.text ?? '', /Buy my walrus/)
    const [claim] = await claims(forum.db)
    assert.deepEqual([claim?.email, claim?.email_key, claim?.text], [null, null, ''])
    // Whoever came by the mailed link reads at that address: there is nothing to prove, and the post is public.
    assert.match((await forum.asGuest().get('/topic/1/')).text, /Buy my walrus/)
    assert.equal((await forum.mails()).length, 1)
  },
  { mail: true },
)

forumOnBothDatabases(
  'whoever reads at an address is mailed once a day, three at most wait for them, and the text is kept all the same',
  async forum => {
    const guest = forum.asGuest()
    await replyWith(guest, 'One', theirs)
    const second = await replyWith(guest, 'Two', 'NORA@example.org')
    assert.match(second.text, /No link was mailed to NORA@example\.org/)
    assert.equal((await forum.mails()).length, 1)
    assert.equal((await claims(forum.db)).length, 2)
    // Discarding and writing again does not make room for another mail.
    await guest.get(`/claim/${secretOf(second)}`)
    await guest.press('Discard')
    await replyWith(guest, 'Three', theirs)
    assert.equal((await forum.mails()).length, 1)

    await forum.db.deleteFrom('rate_limits').where('key', 'like', 'claim_mail%').execute()
    await forum.db.updateTable('claims').set({ mailed_at: 1, email_key: theirs }).execute()
    await set(forum.db, { claims_per_email: 2 })
    await replyWith(forum.asGuest(), 'Four', theirs)
    assert.equal((await forum.mails()).length, 1)
    await set(forum.db, { claims_per_email: 10, claim_mails_per_hour: 0 })
    await replyWith(forum.asGuest(), 'Five', 'someone.else@example.org')
    assert.equal((await forum.mails()).length, 1)
    await forum.db.deleteFrom('rate_limits').where('key', 'like', 'claim_mail%').execute()
    await set(forum.db, { claim_mails_per_hour: 1 })
    await replyWith(forum.asGuest(), 'Six', 'someone.else@example.org')
    await replyWith(forum.asGuest(), 'Seven', 'a.third@example.org')
    assert.deepEqual(
      (await forum.mails()).map(({ to }) => to),
      [theirs, 'someone.else@example.org'],
    )
  },
  { mail: true },
)

forumOnBothDatabases(
  'one guest cannot have mail sent to many strangers, nor use up the mails of the others',
  async forum => {
    await set(forum.db, { claims_per_address: 2, claim_mails_per_hour: 3 })
    const spammer = forum.asGuest()
    for (const stranger of ['a', 'b', 'c', 'd']) {
      await replyWith(spammer, `For ${stranger}`, `${stranger}@example.org`)
      await forum.mails()
      if (stranger !== 'd') await spammer.press('Discard')
    }
    assert.match(spammer.page.text, /No link was mailed to d@example\.org/)
    assert.equal((await forum.mails()).length, 2)
    assert.match((await replyWith(forum.asGuest(), 'Honest', theirs)).text, /is on its way/)
  },
  { mail: true },
)

forumOnBothDatabases(
  'one reminder comes after two days, unless the post was published or discarded by then',
  async forum => {
    const guest = forum.asGuest()
    await replyWith(guest, 'Waits', theirs)
    await replyWith(forum.asGuest(), 'Goes away', 'otto@example.org')
    await forum.mails()
    await forum.db.deleteFrom('claims').where('email_key', '=', 'otto@example.org').execute()
    await forum.runJobs(Date.now() + 2 * day - 60_000)
    assert.equal((await forum.mails()).length, 2)
    await forum.runJobs(Date.now() + 2 * day + 60_000)
    await forum.runJobs(Date.now() + 5 * day)
    const [, reminder, ...more] = await forum.mails(theirs)
    assert.match(reminder?.subject ?? '', /still waits/)
    assert.equal(more.length, 0)
    assert.equal((await forum.mails('otto@example.org')).length, 1)
    // Both links open it, and both are worth nothing once somebody used one.
    const [first, second] = (await forum.mails(theirs)).map(mail => pathOf(mail.link(/\/claim\//)))
    const phone = forum.asGuest()
    await phone.get(first ?? '')
    await phone.press('Register and publish', { ...newcomer('Nora'), 'Email Address': theirs })
    const late = await forum.asGuest().get(second ?? '')
    assert.equal(late.status, 409)
    assert.match(late.text, /taken already/)
  },
  { mail: true },
)

forumOnBothDatabases(
  '"This was not me" erases the text and stops such mail; only whoever got the mail can say it',
  async forum => {
    const spammer = forum.asGuest()
    const page = await replyWith(spammer, 'Nonsense', theirs)
    const secret = secretOf(page)
    assert.ok(!page.has('form[action$="not-me"]'))
    await spammer.post(`/claim/${secret}/not-me`, {})
    assert.equal((await claims(forum.db)).length, 1)

    const path = await linkFrom(forum)
    const [victim, twice] = [forum.asGuest(), forum.asGuest()]
    await Promise.all([victim.get(path), twice.get(path)])
    assert.equal((await claims(forum.db)).length, 1)
    const pages = await both(
      () => victim.press('This was not me'),
      () => twice.press('This was not me'),
    )
    for (const said of pages) assert.match(said.text, /The text is erased/)
    assert.ok(pages.some(said => /no such mail goes to that address again/.test(said.text)))
    assert.deepEqual(await claims(forum.db), [])
    assert.equal((await spammer.get(`/claim/${secret}`)).status, 404)

    await forum.db.deleteFrom('rate_limits').execute()
    const again = await replyWith(forum.asGuest(), 'More nonsense', theirs)
    assert.match(again.text, /No link was mailed/)
    assert.equal((await forum.mails()).length, 1)
  },
  { mail: true },
)

forumOnBothDatabases(
  'whoever says "This was not me" after the text was erased is promised nothing, and stops such mail by the mail',
  async forum => {
    const spammer = forum.asGuest()
    await replyWith(spammer, 'Nonsense', theirs)
    const victim = forum.asGuest()
    await victim.get(await linkFrom(forum))
    await spammer.press('Discard')
    const said = await victim.press('This was not me')
    assert.doesNotMatch(said.text, /no such mail goes/)
    assert.match(said.text, /The text is erased\. If more such mail comes, the link at the end of each stops it/)
    assert.deepEqual(await forum.db.selectFrom('mail_stops').selectAll().execute(), [])
    const [mail] = await forum.mails(theirs)
    await victim.get(pathOf(mail?.link(/\/unsubscribe\//) ?? ''))
    assert.match((await victim.press('Stop these mails')).text, /No more mail about posts of guests/)
  },
  { mail: true },
)

forumOnBothDatabases(
  '"This was not me" comes too late for what was published, and stops such mail all the same',
  async forum => {
    const page = await replyWith(forum.asGuest(), 'Mine, really', theirs)
    const reader = forum.asGuest()
    await reader.get(await linkFrom(forum))
    const bea = await forum.asMember('Bea')
    await bea.get(page.url)
    await bea.press('Publish as Bea')
    const late = await reader.press('This was not me')
    assert.equal(late.status, 409)
    assert.match(late.text, /so it stays/)
    assert.equal((await posts(forum.db)).length, 1)
    const stops = await forum.db.selectFrom('mail_stops').select(['email_key', 'scope']).execute()
    assert.deepEqual(stops, [{ email_key: theirs, scope: 'claims' }])
  },
  { mail: true },
)

forumOnBothDatabases(
  'one click in the mail program stops these mails, also when the text is gone, and opening the address does not',
  async forum => {
    await replyWith(forum.asGuest(), 'Hello', theirs)
    const [mail] = await forum.mails()
    const path = pathOf(/<([^>]+)>/.exec(mail?.headers['list-unsubscribe'] ?? '')?.[1] ?? '')
    assert.equal((await forum.asGuest().get(path.slice(0, -1))).status, 404)
    assert.match((await forum.asGuest().get(path)).text, /Press the button/)
    assert.deepEqual(await forum.db.selectFrom('mail_stops').selectAll().execute(), [])
    // Purging erases the address: what outlasts the claim does not tell it.
    await forum.db.updateTable('claims').set({ expires_at: 1 }).execute()
    await purgeClaims(forum.db)
    assert.doesNotMatch(await everything(forum), /nora/)
    const clicked = await forum.asGuest().agent.post(path).type('form').send('List-Unsubscribe=One-Click')
    assert.equal(clicked.status, 200)
    const [stop] = await forum.db.selectFrom('mail_stops').selectAll().execute()
    assert.deepEqual([stop?.email_key, stop?.scope], [theirs, 'claims'])
    // Mail programs may send it in either way.
    await forum.db.deleteFrom('mail_stops').execute()
    const parts = await forum.asGuest().agent.post(path).field('List-Unsubscribe', 'One-Click')
    assert.equal(parts.status, 200)
    assert.equal((await forum.db.selectFrom('mail_stops').selectAll().execute()).length, 1)
  },
  { mail: true },
)

forumOnBothDatabases(
  'what is no address comes back with the text, and sending it twice mails once',
  async forum => {
    const guest = forum.asGuest()
    const wrong = await replyWith(guest, 'My long text', 'nora at home')
    assert.equal(wrong.status, 422)
    assert.match(wrong.text, /This is no email address/)
    assert.equal(wrong.form('Submit Reply').value('body'), 'My long text')
    assert.equal(wrong.form('Submit Reply').value('email'), 'nora at home')
    await replyWith(guest, 'My long text', '')
    await replyWith(guest, 'My long text', theirs)
    await replyWith(anotherTab(forum, guest), 'My long text', theirs)
    assert.equal((await claims(forum.db)).length, 1)
    assert.equal((await forum.mails()).length, 1)
  },
  { mail: true },
)

forumOnBothDatabases(
  'where mail cannot be sent no address is asked for, and one that is sent is not kept',
  async forum => {
    const guest = forum.asGuest()
    assert.ok(!(await guest.get('/topic/1/')).has('#reply input[name=email]'))
    const sent = await guest.agent
      .post('/topic/1/reply')
      .type('form')
      .set('Sec-Fetch-Site', 'same-origin')
      .send({ body: 'Hello', format: 'markdown', email: theirs })
    assert.equal(claimCookies(sent.headers).length, 1)
    const [claim] = await claims(forum.db)
    assert.deepEqual([claim?.email, claim?.mailed_at], [null, null])
  },
)
