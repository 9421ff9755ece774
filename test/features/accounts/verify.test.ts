import assert from 'node:assert/strict'
import { releaseForgotten } from '../../../src/features/posts/index.ts'
import { forumOnBothDatabases, type TestForum } from '../../support/index.ts'
import { anotherTab, both, newcomer, posts, reply, set, startTopic } from '../claims/guests.ts'
import { goodPassword } from './accounts.ts'
import { accountOf, getsIn, letLinksRunOut, linksTo, linkTo, registerAs, signedInAs } from './letters.ts'

const newPassword = 'nine herons on the weir'

/** What everybody can read of the welcome topic. */
async function seenByAll(forum: TestForum): Promise<string> {
  return (await forum.asGuest().get('/topic/1/')).text
}

forumOnBothDatabases(
  'what somebody posts waits for their address, and appears by itself when they confirm it',
  async forum => {
    const { db } = forum
    const nora = forum.asGuest()
    const welcome = await registerAs(nora, 'Nora', 'nora@example.org')
    assert.match(welcome.text, /Confirm your email address: we mailed a link to nora@example\.org/)
    const waits = await reply(nora, 'The porch is wide.')
    assert.match(waits.text, /appears by itself as soon as you have confirmed your email address/)
    assert.doesNotMatch(await seenByAll(forum), /porch is wide/)

    const admin = await forum.asAdmin()
    assert.doesNotMatch((await admin.get('/modcp/queue/')).text, /porch is wide/)
    const [held] = await posts(db)
    for (const act of ['approve', 'reject']) {
      const refused = await admin.post('/moderate/', { act, post: String(held?.id), reason: '' })
      assert.match(refused.text, /for nobody to judge/, act)
    }
    assert.equal((await posts(db))[0]?.pending_reason, 'posts.waits_email')

    const path = await linkTo(forum, 'nora@example.org', 'verify')
    const stranger = forum.asGuest()
    const page = await stranger.get(path)
    assert.match(page.text, /nora@example\.org was given as the address of the account Nora/)
    assert.match(page.headers['cache-control'] ?? '', /no-store/)
    assert.equal((await stranger.press('Confirm this address', { password: 'not hers' })).status, 422)
    assert.match(stranger.page.text, /not the password of this account/)
    const bea = await forum.asMember('Bea')
    assert.match((await bea.get(path)).text, /You are signed in as Bea, but this link is about the account Nora/)
    assert.equal((await bea.post(path)).status, 422)
    assert.equal((await accountOf(db, 'Nora')).email_verified_at, null)

    const cameBack = { email_key: 'nora@example.org', scope: 'all' as const, answer: 'full', created_at: 1 }
    await db.insertInto('mail_stops').values(cameBack).execute()
    await nora.get('/account/email/')
    assert.match((await nora.press('Send the link again')).text, /We mailed a link to nora@example\.org/)
    const [first = '', second = ''] = await linksTo(forum, 'nora@example.org', 'verify')
    await db.insertInto('mail_stops').values(cameBack).execute()
    const tab = anotherTab(forum, nora)
    await nora.get(first)
    await tab.get(first)
    const pages = await both(
      () => nora.press('Confirm this address'),
      () => tab.press('Confirm this address'),
    )
    // What is to be said is said once to a browser, in whichever of its tabs comes first.
    assert.ok(pages.some(({ text }) => /Your email address is confirmed/.test(text)))
    for (const { status, url, text } of pages) {
      assert.match(`${status} ${url} ${text}`, /^200 \/ |^404 .*If you have just used it/s)
    }
    assert.match(await seenByAll(forum), /porch is wide/)
    assert.equal((await db.selectFrom('mail_stops').selectAll().execute()).length, 0)
    assert.doesNotMatch((await nora.get('/')).text, /Confirm your email address/)
    assert.match((await nora.post(first)).text, /is confirmed already/)
    for (const gone of [first, second, '/verify/x', `/verify/${'x'.repeat(43)}`]) {
      assert.equal((await stranger.get(gone)).status, 404, gone)
      assert.equal((await stranger.post(`${gone}/password`, { new_password: newPassword })).status, 404)
      assert.equal((await stranger.post(`${gone}/not-me`)).status, 404)
    }
    assert.equal(await getsIn(forum, 'Nora'), true)

    const link = await reply(nora, 'See https://example.net/walrus')
    assert.doesNotMatch(link.text, /waits/i)
  },
  { mail: true },
)

forumOnBothDatabases(
  'whoever owns an address is never made to own what others planted on it',
  async forum => {
    const { db } = forum
    const mallory = forum.asGuest()
    await reply(mallory, 'A claim of Mallory.')
    await mallory.press('Register and publish', newcomer('Mallory', goodPassword))
    const email = 'mallory@example.org'
    await startTopic(mallory, 3, 'Planted topic', 'Planted words')
    assert.equal((await posts(db)).length, 2)
    const [path = ''] = await linksTo(forum, email, 'verify')
    const reset = forum.asGuest()
    await reset.get('/recover/')
    await reset.press('Mail me a link', { login: email })
    const old = await linkTo(forum, email, 'reset')

    const victim = forum.asGuest()
    await victim.get(path)
    assert.equal((await posts(db)).length, 2)
    assert.equal((await victim.press('Set the new password', { new_password: 'short' })).status, 422)
    await victim.get(path)
    const mine = await victim.press('Set the new password', { new_password: newPassword })
    assert.match(mine.text, /The account is yours/)
    assert.equal(await signedInAs(victim), true)
    assert.equal(await signedInAs(mallory), false)
    assert.deepEqual(await posts(db), [])
    assert.equal((await db.selectFrom('topics').selectAll().where('title', '=', 'Planted topic').execute()).length, 0)
    assert.deepEqual([await getsIn(forum, email), await getsIn(forum, email, newPassword)], [false, true])
    assert.equal((await mallory.get(old)).status, 404)
    assert.equal((await forum.mails(email)).filter(mail => /password .* was changed/i.test(mail.text)).length, 1)

    const eve = forum.asGuest()
    await registerAs(eve, 'Eve', 'victim@example.org')
    await reply(eve, 'Held words of Eve.')
    const link = await linkTo(forum, 'victim@example.org', 'verify')
    const owner = forum.asGuest()
    await owner.get(link)
    assert.match((await owner.press('This was not me')).text, /does not have your address any more/)
    assert.equal((await owner.get(link)).status, 404)
    assert.match((await eve.get('/')).text, /Your account has no email address any more/)
    assert.equal((await posts(db))[0]?.pending_reason, 'posts.waits_email')
    assert.match((await registerAs(owner, 'Vic', 'victim@example.org')).text, /Your account is ready/)
    await eve.get('/account/email/')
    assert.match((await eve.press('Correct the address', { email: 'Victim@example.org' })).text, /already/)
    await eve.get('/account/email/')
    await eve.press('Correct the address', { email: 'eve@example.org' })
    await eve.get(await linkTo(forum, 'eve@example.org', 'verify'))
    await eve.press('Confirm this address')
    assert.match(await seenByAll(forum), /Held words of Eve/)
  },
  { mail: true },
)

forumOnBothDatabases(
  'where an address comes before anything, its owner may only read until then',
  async forum => {
    const { db } = forum
    await set(db, { verify_email: 'anything' })
    const nora = forum.asGuest()
    await reply(nora, 'A claim that waits.')
    await nora.press('Register and publish', newcomer('Nora', goodPassword))
    assert.match(nora.page.text, /A claim that waits.*Confirm your email address first/s)
    assert.equal((await nora.post('/topic/1/reply', { body: 'Not yet', format: 'markdown' })).status, 403)
    assert.equal((await posts(db)).length, 1)

    const tries = await Promise.all(Array.from({ length: 7 }, () => nora.post('/account/email/again')))
    assert.equal(tries.filter(({ status }) => status === 429).length, 2)
    await set(db, { hold_first_links: true })
    await nora.get('/account/email/')
    const taken = await nora.post('/account/email', { email: 'ada@example.org' })
    assert.equal(taken.status, 429)
    await db.deleteFrom('rate_limits').execute()
    assert.equal((await nora.post('/account/email', { email: 'ada@example.org' })).status, 422)
    await nora.get('/account/email/')
    await nora.press('Correct the address', { email: 'nora.fields@example.org' })
    for (const old of await linksTo(forum, 'nora@example.org', 'verify')) {
      assert.equal((await nora.get(old)).status, 404)
    }
    const path = await linkTo(forum, 'nora.fields@example.org', 'verify')
    await letLinksRunOut(db)
    assert.equal((await nora.post(path)).status, 404)
    await nora.post('/account/email/again')
    const guest = forum.asGuest()
    await guest.get(await linkTo(forum, 'nora.fields@example.org', 'verify'))
    await guest.press('Confirm this address', { password: goodPassword })
    assert.equal(await signedInAs(guest), true)
    assert.match(await seenByAll(forum), /A claim that waits/)
    assert.match((await nora.get('/topic/1/')).text, /Submit Reply|Reply to this topic/)

    const otto = forum.asGuest()
    await set(db, { verify_email: 'posting' })
    await registerAs(otto, 'Otto', 'otto@example.org')
    await reply(otto, 'Plain words of Otto.')
    await startTopic(otto, 3, 'With a link', 'https://example.net/otto')
    await releaseForgotten(db)
    assert.doesNotMatch(await seenByAll(forum), /Plain words/)
    await set(db, { verify_email: 'off' })
    await releaseForgotten(db)
    assert.match(await seenByAll(forum), /Plain words of Otto/)
    const topic = await db.selectFrom('topics').selectAll().where('title', '=', 'With a link').executeTakeFirstOrThrow()
    assert.equal(topic.pending_reason, 'posts.waits_first_link')
    assert.match((await (await forum.asAdmin()).get('/modcp/queue/')).text, /With a link/)
  },
  { mail: true },
)
