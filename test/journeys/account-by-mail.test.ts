import assert from 'node:assert/strict'
import { enqueue } from '../../src/platform/jobs/index.ts'
import { inTransaction } from '../../src/platform/store/index.ts'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../support/index.ts'

const day = 24 * 60 * 60 * 1000
const nora = { name: 'Nora Fields', email: 'nora@example.org', password: 'seven walruses in the attic' }
const otto = { name: 'Otto Hill', email: 'otto@example.org', password: 'eight walruses in the cellar' }

forumOnBothDatabases(
  'a guest finishes by mail, proves an address, hears of the answer, loses the password, moves house and leaves',
  async forum => {
    const phone = await finishesOnThePhone(forum)
    const other = await waitsForTheirAddress(forum)
    await hearsOfTheAnswer(forum, phone, other)
    await losesThePassword(forum, phone)
    await movesToAnotherAddress(forum, phone)
    await leaves(forum, phone)
  },
  { mail: true },
)

/** The path that the newest mail to this address leads to. */
async function linkIn(forum: TestForum, to: string, kind: RegExp): Promise<string> {
  const mails = await forum.mails(to)
  const mail = mails.findLast(({ links }) => links.some(link => kind.test(link)))
  if (!mail) throw new Error(`No link ${kind} was mailed to ${to}: ${mails.map(({ subject }) => subject).join(', ')}`)
  const link = new URL(mail.link(kind))
  assert.equal(link.origin, forum.url)
  return link.pathname
}

async function publish(visitor: Visitor, { name, email, password }: typeof nora): Promise<void> {
  const typed = { 'Display Name': name, 'Email Address': email, Password: password, terms: true, mail_replies: true }
  await visitor.press('Register and publish', typed)
}

/** Written at one desk, published from another device by the link that was mailed: that address is proven. */
async function finishesOnThePhone(forum: TestForum): Promise<Visitor> {
  const [desk, phone] = [forum.asGuest(), forum.asGuest()]
  await desk.get('/topic/1/')
  const kept = await desk.press('Submit Reply', { body: 'How do I prune a tomato?', email: nora.email })
  assert.match(kept.text, /A link to this page is on its way to nora@example\.org/)
  await phone.get(await linkIn(forum, nora.email, /\/claim\//))
  await publish(phone, nora)
  assert.match((await forum.asGuest().get('/topic/1/')).text, /How do I prune a tomato\?/)
  assert.equal((await desk.get(kept.url)).status, 409)
  return phone
}

/** Registered without any proof, the post waits where only its author sees it, until the address is confirmed. */
async function waitsForTheirAddress(forum: TestForum): Promise<Visitor> {
  const visitor = forum.asGuest()
  await visitor.get('/topic/1/')
  await visitor.press('Submit Reply', { body: 'Pinch out the side shoots.' })
  await publish(visitor, otto)
  assert.match(visitor.page.text, /appears by itself as soon as you have confirmed your email address/)
  assert.doesNotMatch((await forum.asGuest().get('/topic/1/')).text, /side shoots/)
  const admin = await forum.asAdmin()
  assert.doesNotMatch((await admin.get('/modcp/queue/')).text, /side shoots/)
  await visitor.get(await linkIn(forum, otto.email, /\/verify\//))
  assert.doesNotMatch((await forum.asGuest().get('/topic/1/')).text, /side shoots/)
  await visitor.press('Confirm this address')
  assert.match((await forum.asGuest().get('/topic/1/')).text, /side shoots/)
  return visitor
}

/** The held reply appeared, so whoever asked for mail has heard of it; the next one comes after their next visit. */
async function hearsOfTheAnswer(forum: TestForum, phone: Visitor, other: Visitor): Promise<void> {
  await phone.get(await linkIn(forum, nora.email, /\/post\//))
  await phone.get(phone.page.url.replace(/#.*/, ''))
  assert.match(phone.page.text, /side shoots/)
  const heard = (await forum.mails(nora.email)).length
  for (const body of ['And water them in the morning.', 'Not in the evening.']) {
    await other.get('/topic/1/')
    await other.press('Submit Reply', { body })
  }
  const mails = await forum.mails(nora.email)
  assert.equal(mails.length, heard + 1)
  assert.match(mails.at(-1)?.text ?? '', /water them in the morning/)
}

/** Known or not, the answer is the same; the link sets a password once and ends what the old one had begun. */
async function losesThePassword(forum: TestForum, phone: Visitor): Promise<void> {
  const guest = forum.asGuest()
  await guest.get('/login/')
  await guest.click('Forgot your password?')
  const unknown = await guest.press('Mail me a link', { login: 'nobody@example.org' })
  await guest.get('/recover/')
  const known = await guest.press('Mail me a link', { login: nora.email })
  assert.equal(known.text, unknown.text)
  assert.deepEqual(await forum.mails('nobody@example.org'), [])
  const path = await linkIn(forum, nora.email, /\/reset\//)
  await guest.get(path)
  nora.password = 'nine walruses on the roof'
  await guest.press('Set the new password', { 'New password': nora.password })
  assert.match(guest.page.text, /Your new password is set/)
  assert.match((await phone.get('/account/')).url, /^\/login\//)
  assert.ok((await forum.asGuest().get(path)).status >= 400)
  assert.ok((await forum.mails(nora.email)).some(({ subject }) => /^Your password .* was changed$/.test(subject)))
  await signIn(phone)
}

async function signIn(visitor: Visitor): Promise<void> {
  await visitor.get('/login/')
  const { name: login, password } = nora
  await visitor.page.form('main input[type=password]').fill({ login, password }).submit()
  assert.ok(!visitor.page.has('input[type=password]'), visitor.page.text)
}

/** Proven from the new address, told to the old one, and taken back from there. */
async function movesToAnotherAddress(forum: TestForum, phone: Visitor): Promise<void> {
  await phone.get('/account/email/')
  const asked = { email: 'nora@elsewhere.example', password: nora.password }
  await phone.page.form('Change the address').fill(asked).submit('Change the address')
  await phone.get(await linkIn(forum, 'nora@elsewhere.example', /\/email-change\//))
  await phone.press('Confirm this address')
  assert.match((await phone.get('/account/')).text, /nora@elsewhere\.example/)
  const back = forum.asGuest()
  await back.get(await linkIn(forum, nora.email, /\/email-back\//))
  await back.press('Put this address back')
  assert.match((await phone.get('/account/')).url, /^\/login\//)
  const guest = forum.asGuest()
  await guest.get(await linkIn(forum, nora.email, /\/reset\//))
  nora.password = 'ten walruses at sea'
  await guest.press('Set the new password', { 'New password': nora.password })
  await signIn(phone)
  assert.match((await phone.get('/account/')).text, /nora@example\.org/)
}

/** Two weeks in which signing in takes it back; then the name is gone and the words stay. */
async function leaves(forum: TestForum, phone: Visitor): Promise<void> {
  await phone.get('/account/delete/')
  await phone.press('Delete my account', { posts: 'keep', password: nora.password })
  await signIn(phone)
  assert.match(phone.page.text, /Your account stays/)
  await phone.get('/account/delete/')
  await phone.press('Delete my account', { posts: 'keep', password: nora.password })
  await forum.db
    .updateTable('members')
    .set({ leaving_at: Date.now() - 15 * day })
    .where('leaving_at', 'is not', null)
    .execute()
  await inTransaction(forum.db, tx => enqueue(tx, 'privacy.leave', null))
  await forum.runJobs()
  const topic = (await forum.asGuest().get('/topic/1/')).text
  assert.match(topic, /Deleted member/)
  assert.doesNotMatch(topic, /Nora/)
  assert.match(topic, /How do I prune a tomato\?/)
}
