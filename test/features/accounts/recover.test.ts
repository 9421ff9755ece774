import assert from 'node:assert/strict'
import { askForReset } from '../../../src/features/accounts/recover/ask-reset.ts'
import { forumOnBothDatabases, onBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { anotherTab, both, set } from '../claims/guests.ts'
import { accountsOf, addMember, goodPassword } from './accounts.ts'
import { accountOf, getsIn, letLinksRunOut, linksTo, linkTo, signedInAs } from './letters.ts'

const newPassword = 'nine herons on the weir'
const otherPassword = 'eleven otters under ice'
const bea = 'bea@example.org'

async function ask(visitor: Visitor, login: string) {
  await visitor.get('/recover/')
  return visitor.press('Mail me a link', { login })
}

/** Everything of the two answers to such a question that anybody can see. */
async function answersTo(forum: TestForum, login: string): Promise<string> {
  const guest = forum.asGuest()
  const answer = await guest.agent.post('/recover/').type('form').set('sec-fetch-site', 'same-origin').send({ login })
  const page = await ask(forum.asGuest(), login)
  const { date: _date, ...headers } = answer.headers
  return JSON.stringify([answer.status, headers, answer.text, page.status, page.url, page.html])
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

forumOnBothDatabases(
  'whoever forgot their password gets back in by a link, and a stranger learns nothing',
  async forum => {
    const { db } = forum
    const person = await forum.member('Bea')
    const [phone, laptop] = [await forum.asMember('Bea'), await forum.asMember('Bea')]
    const before = await db.selectFrom('jobs').selectAll().where('name', '=', 'mail.send').execute()
    const known = await answersTo(forum, bea)
    const unknown = await answersTo(forum, 'who@example.org')
    assert.equal(known, unknown)
    assert.equal(await answersTo(forum, 'Nobody Here'), known)
    const jobs = await db.selectFrom('jobs').selectAll().where('name', '=', 'mail.send').execute()
    assert.equal(jobs.length - before.length, 6)
    assert.doesNotMatch(JSON.stringify(jobs), /@|Nobody/)
    const mails = await forum.mails()
    assert.deepEqual([...new Set(mails.map(mail => mail.to))], [bea])
    assert.equal((await forum.mails('who@example.org')).length, 0)
    for (const login of [bea, 'who@example.org']) {
      await ask(forum.asGuest(), login)
      assert.equal((await ask(forum.asGuest(), login)).status, 429, login)
    }

    const forger = forum.asGuest({ headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } })
    await forger.post('/recover/', { login: 'Bea' })
    for (const mail of await forum.mails()) assert.doesNotMatch(mail.text + mail.html, /evil\.example/)

    const links = await linksTo(forum, bea, 'reset')
    assert.equal(links.length, 4)
    const [first = '', second = '', third = ''] = links
    const guest = forum.asGuest()
    assert.match((await guest.get(first)).text, /For the account Bea/)
    assert.match(guest.page.headers['cache-control'] ?? '', /no-store/)
    assert.equal(await signedInAs(phone), true)
    assert.equal((await guest.press('Set the new password', { new_password: 'short' })).status, 422)
    const tab = forum.asGuest()
    const tries = await both(
      () => guest.post(first, { new_password: newPassword }),
      () => tab.post(first, { new_password: otherPassword }),
    )
    assert.deepEqual(tries.map(({ status }) => status).sort(), [200, 404])
    const won = tries[0].status === 200 ? newPassword : otherPassword
    assert.equal(await getsIn(forum, 'Bea', won), true)
    assert.equal(await getsIn(forum, 'Bea', person.password), false)
    assert.deepEqual([await signedInAs(phone), await signedInAs(laptop)], [false, false])
    assert.equal(await signedInAs(won === newPassword ? guest : tab), true)
    for (const link of [first, second, third]) assert.equal((await forum.asGuest().get(link)).status, 404)
    assert.equal((await forum.mails(bea)).filter(mail => /password .* was changed/.test(mail.subject)).length, 1)
    assert.doesNotMatch(JSON.stringify(await db.selectFrom('jobs').selectAll().execute()), /reset\//)

    await db.deleteFrom('rate_limits').execute()
    await ask(forum.asGuest(), 'Bea')
    const late = await linkTo(forum, bea, 'reset')
    await letLinksRunOut(db)
    assert.equal((await guest.post(late, { new_password: otherPassword })).status, 404)

    await set(db, { base_url: '' })
    const page = await forum.asGuest().get('/recover/')
    assert.match(page.text, /cannot send mail yet/)
    assert.match(page.text, /Ask an administrator/)
    assert.equal(page.has('main form'), false)
  },
  { mail: true },
)

onBothDatabases('asking for a way back in takes as long for somebody unknown as for a member', async ({ db }) => {
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
  const asks = async (login: string, n: number) => {
    const start = performance.now()
    await askForReset(db, login, { address: `203.0.113.${n}` })
    return performance.now() - start
  }
  for (let n = 0; n < 21; n++) {
    const { email } = await addMember(accountsOf(db), `Member ${n}`)
    times.known.push(await asks(email, n))
    times.unknown.push(await asks(`nobody${n}@example.org`, n + 100))
  }
  const [known, unknown] = [medianOf(times.known), medianOf(times.unknown)]
  assert.ok(Math.abs(known - unknown) < 1 + Math.max(known, unknown) / 2, `${known} ms and ${unknown} ms`)
})

forumOnBothDatabases(
  'a member changes their password where they are, and is signed out everywhere else',
  async forum => {
    const person = await forum.member('Bea')
    assert.match((await forum.asGuest().get('/account/password/')).url, /^\/login\//)
    const [here, elsewhere] = [await forum.asMember('Bea'), await forum.asMember('Bea')]
    const tab = anotherTab(forum, here)
    const old = here.cookie('stoa_session')
    const change = (visitor: Visitor, password: string, fresh: string) =>
      visitor.post('/account/password/', { password, new_password: fresh })
    assert.equal((await change(here, 'not it at all', newPassword)).status, 422)
    const common = await change(here, person.password, 'password1234')
    assert.equal(common.status, 422)
    assert.doesNotMatch(common.html, /seven walruses/)
    await ask(forum.asGuest(), 'Bea')
    const link = await linkTo(forum, bea, 'reset')
    await here.get('/account/password/')
    const done = await here.press('Change your password', { password: person.password, new_password: newPassword })
    assert.match(done.text, /Your new password is set/)
    assert.notEqual(here.cookie('stoa_session'), old)
    assert.deepEqual([await signedInAs(here), await signedInAs(elsewhere), await signedInAs(tab)], [true, false, false])
    assert.equal((await forum.asGuest().get(link)).status, 404)
    assert.deepEqual([await getsIn(forum, bea, newPassword), await getsIn(forum, bea, person.password)], [true, false])
    assert.equal((await forum.mails(bea)).filter(mail => /password .* was changed/.test(mail.subject)).length, 1)
    for (let n = 0; n < 10; n++) await change(here, 'not it at all', newPassword)
    assert.equal((await change(here, newPassword, otherPassword)).status, 429)
    assert.equal((await accountOf(forum.db, 'Bea')).password_hash.includes(goodPassword), false)
  },
  { mail: true },
)
