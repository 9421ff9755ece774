import assert from 'node:assert/strict'
import { enqueue } from '../../src/platform/jobs/index.ts'
import { inTransaction } from '../../src/platform/store/index.ts'
import type { TestForum } from '../support/index.ts'
import { type Hands, type Meet, signIn, story } from './hands.ts'

const day = 24 * 60 * 60 * 1000
const otto = { name: 'Otto Hill', email: 'otto@example.org', password: 'eight walruses in the cellar' }

story(
  'a guest finishes by mail, proves an address, hears of the answer, loses the password, moves house and leaves',
  async (forum, meet) => {
    const nora = { name: 'Nora Fields', email: 'nora@example.org', password: 'seven walruses in the attic' }
    const phone = await finishesOnThePhone(forum, meet, nora)
    const other = await waitsForTheirAddress(forum, meet)
    await hearsOfTheAnswer(forum, nora, phone, other)
    nora.password = await losesThePassword(forum, meet, nora, phone)
    nora.password = await movesToAnotherAddress(forum, meet, nora, phone)
    await leaves(forum, meet, nora, phone)
  },
  { mail: true },
)

type Someone = typeof otto

/** The path that the newest mail to this address leads to. */
async function linkIn(forum: TestForum, to: string, kind: RegExp): Promise<string> {
  const mails = await forum.mails(to)
  const mail = mails.findLast(({ links }) => links.some(link => kind.test(link)))
  if (!mail) throw new Error(`No link ${kind} was mailed to ${to}: ${mails.map(({ subject }) => subject).join(', ')}`)
  const link = new URL(mail.link(kind))
  assert.equal(link.origin, forum.url)
  return link.pathname
}

async function publish(hands: Hands, someone: Someone): Promise<void> {
  await hands.press('Register and publish', { ...someone, terms: true, mail_replies: true })
}

/** Written at one desk, published from another device by the link that was mailed: that address is proven. */
async function finishesOnThePhone(forum: TestForum, meet: Meet, nora: Someone): Promise<Hands> {
  const [desk, phone, guest] = [await meet(), await meet(), await meet()]
  await desk.go('/topic/1/')
  await desk.press('Submit Reply', { body: 'How do I prune a tomato?', email: nora.email })
  await desk.sees('main', /A link to this page is on its way to nora@example\.org/)
  await phone.go(await linkIn(forum, nora.email, /\/claim\//))
  await publish(phone, nora)
  await guest.go('/topic/1/')
  await guest.sees('main', /How do I prune a tomato\?/)
  return phone
}

/** Registered without any proof, the post waits where only its author sees it, until the address is confirmed. */
async function waitsForTheirAddress(forum: TestForum, meet: Meet): Promise<Hands> {
  const [author, guest, admin] = [await meet(), await meet(), await meet()]
  await author.go('/topic/1/')
  await author.press('Submit Reply', { body: 'Pinch out the side shoots.' })
  await publish(author, otto)
  await author.sees('main', /appears by itself as soon as you have confirmed your email address/)
  await guest.go('/topic/1/')
  await guest.misses('main', /side shoots/)
  await signIn(admin, forum.admin)
  await admin.go('/modcp/queue/')
  await admin.misses('main', /side shoots/)
  await author.go(await linkIn(forum, otto.email, /\/verify\//))
  await guest.go('/topic/1/')
  await guest.misses('main', /side shoots/)
  await author.press('Confirm this address')
  await guest.go('/topic/1/')
  await guest.sees('main', /side shoots/)
  return author
}

/** The held reply appeared, so whoever asked for mail has heard of it; the next one comes after their next visit. */
async function hearsOfTheAnswer(forum: TestForum, nora: Someone, phone: Hands, other: Hands): Promise<void> {
  await phone.go(await linkIn(forum, nora.email, /\/post\//))
  await phone.sees('main', /side shoots/)
  const heard = (await forum.mails(nora.email)).length
  for (const body of ['And water them in the morning.', 'Not in the evening.']) {
    await other.go('/topic/1/')
    await other.press('Submit Reply', { body })
  }
  const mails = await forum.mails(nora.email)
  assert.equal(mails.length, heard + 1)
  assert.match(mails.at(-1)?.text ?? '', /water them in the morning/)
}

/** The link sets a password once and ends what the old one had begun; who has no account gets no mail. */
async function losesThePassword(forum: TestForum, meet: Meet, nora: Someone, phone: Hands): Promise<string> {
  const guest = await meet({ expectErrors: /status of 4\d\d/ })
  for (const login of ['nobody@example.org', nora.email]) {
    await guest.go('/login/')
    await guest.follow('Forgot your password?')
    await guest.press('Mail me a link', { login })
    await guest.sees('main', /If there is an account with that name or address/)
  }
  assert.deepEqual(await forum.mails('nobody@example.org'), [])
  const password = 'nine walruses on the roof'
  await setsPassword(forum, guest, nora, password)
  await phone.go('/account/')
  await phone.sees('main h1', /Sign In/)
  assert.ok((await forum.mails(nora.email)).some(({ subject }) => /^Your password .* was changed$/.test(subject)))
  await signIn(phone, { ...nora, password })
  return password
}

async function setsPassword(forum: TestForum, hands: Hands, { email }: Someone, password: string): Promise<void> {
  const path = await linkIn(forum, email, /\/reset\//)
  await hands.go(path)
  await hands.press('Set the new password', { new_password: password })
  await hands.sees('body', /Your new password is set/)
  await hands.go(path)
  await hands.sees('main', /This link does not work any more/)
}

/** Proven from the new address, told to the old one, and taken back from there. */
async function movesToAnotherAddress(forum: TestForum, meet: Meet, nora: Someone, phone: Hands): Promise<string> {
  await phone.go('/account/email/')
  await phone.press('Change the address', { email: 'nora@elsewhere.example', password: nora.password })
  await phone.go(await linkIn(forum, 'nora@elsewhere.example', /\/email-change\//))
  await phone.press('Confirm this address')
  await phone.go('/account/')
  await phone.sees('main', /nora@elsewhere\.example/)
  const back = await meet({ expectErrors: /status of 4\d\d/ })
  await back.go(await linkIn(forum, nora.email, /\/email-back\//))
  await back.press('Put this address back')
  await phone.go('/account/')
  await phone.sees('main h1', /Sign In/)
  const password = 'ten walruses at sea'
  await setsPassword(forum, back, nora, password)
  await signIn(phone, { ...nora, password })
  await phone.go('/account/')
  await phone.sees('main', /nora@example\.org/)
  return password
}

/** Two weeks in which signing in takes it back; then the name is gone and the words stay. */
async function leaves(forum: TestForum, meet: Meet, nora: Someone, phone: Hands): Promise<void> {
  const asked = { posts: 'keep', password: nora.password }
  await phone.go('/account/delete/')
  await phone.press('Delete my account', asked)
  await signIn(phone, nora)
  await phone.sees('body', /Your account stays/)
  await phone.go('/account/delete/')
  await phone.press('Delete my account', asked)
  const due = Date.now() - 15 * day
  await forum.db.updateTable('members').set({ leaving_at: due }).where('leaving_at', 'is not', null).execute()
  await inTransaction(forum.db, tx => enqueue(tx, 'privacy.leave', null))
  await forum.runJobs()
  const guest = await meet()
  await guest.go('/topic/1/')
  await guest.sees('main', /Deleted\smember/)
  await guest.misses('main', /Nora/)
  await guest.sees('main', /How do I prune a tomato\?/)
}
