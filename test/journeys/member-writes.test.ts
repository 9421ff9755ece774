import assert from 'node:assert/strict'
import type { TestForum, Visitor } from '../support/index.ts'
import { type Hands, signIn, story } from './hands.ts'

const bea = { name: 'Bea', email: 'bea@example.org', password: 'seven walruses in the attic' }
const topic = { title: 'A loaf a week', body: 'Feed it **every day**:\n\n- flour\n- water' }
const answer = 'Mine lives in the fridge.'
const late = 'One more thing: *rye* starts it fastest.'

story('a member registers, writes, quotes, corrects, deletes and signs out', async (forum, meet) => {
  const hands = await meet({ expectErrors: /status of 409/ })
  await registersAndStays(hands)
  await startsTopic(hands)
  const carl = await answers(forum)
  await quotes(hands)
  await corrects(hands)
  await deletes(hands, carl)
  await isTooLate(forum, hands)
  await signsOut(hands)
})

/** Signs out once, and in again to be remembered: closing the browser changes nothing then. */
async function registersAndStays(hands: Hands): Promise<void> {
  await hands.go('/')
  await hands.follow('Register')
  await hands.press('Register', { ...bea, terms: true })
  await hands.sees('.notices', /Welcome, Bea!/)
  await hands.press('Sign Out')
  await hands.misses('header', /Bea/)
  await hands.go('/login/')
  await hands.press('Sign In', { login: bea.email, password: bea.password, remember: true })
  await hands.sees('header', /Bea/)
  await hands.loseSession()
  await hands.go('/')
  await hands.sees('header', /Bea/)
}

async function startsTopic(hands: Hands): Promise<void> {
  await hands.follow('General discussion')
  await hands.follow('Start new topic')
  await hands.press('Preview', topic)
  await hands.sees('#preview', /A loaf a week/)
  await hands.sees('#preview .prose strong', /^every day$/)
  assert.equal(await hands.value('title'), topic.title)
  assert.equal(await hands.value('body'), topic.body)
  await hands.press('Submit Topic')
  await hands.sees('h1', /^A loaf a week$/)
  await hands.sees('#post-2 .prose li', /^water$/)
}

async function answers(forum: TestForum): Promise<Visitor> {
  const carl = await forum.asMember('Carl')
  await carl.get('/topic/2/')
  await carl.press('Submit Reply', { body: answer })
  return carl
}

async function quotes(hands: Hands): Promise<void> {
  await hands.go('/topic/2/')
  await hands.follow('#post-3 a[data-quote]')
  const quote = await hands.value('body')
  assert.match(quote, /Carl.*[\s\S]*> Mine lives in the fridge\./)
  await hands.press('Submit Reply', { body: `${quote}\n\nIs that not to cold?` })
  await hands.sees('#post-4 blockquote', /Carl.*Mine lives in the fridge\./)
  await hands.sees('#post-4', /Is that not to cold\?/)
  await hands.follow('#post-4 blockquote a')
  await hands.sees('#post-3', /Mine lives in the fridge\./)
}

async function corrects(hands: Hands): Promise<void> {
  await hands.follow('#post-4 a[href$="/edit"]')
  const body = (await hands.value('body')).replace('to cold', 'too cold')
  await hands.press('Preview', { body })
  await hands.sees('#preview', /too cold/)
  await hands.press('Save', { reason: 'A letter was missing' })
  await hands.sees('#post-4 .post-edited', /Edited by Bea.*: A letter was missing/)
  await hands.sees('#post-4', /Is that not too cold\?/)
  await hands.follow('#post-4 .post-edited a')
  await hands.sees('main .card', /as it is now.*Edited by Bea.*A letter was missing.*too cold/)
  await hands.sees('main .card', /As it was posted,.*to cold/)
  await hands.follow('Back to the post')
}

async function deletes(hands: Hands, carl: Visitor): Promise<void> {
  assert.match((await carl.get('/topic/2/')).text, /too cold/)
  assert.equal(carl.page.has('#post-4 a[href$="/versions"]'), false)
  await hands.follow('#post-4 a[href$="/delete"]')
  await hands.press('Delete reply')
  await hands.sees('.notices', /Your reply was deleted\./)
  await hands.misses('#post-4')
  assert.doesNotMatch((await carl.get('/topic/2/')).text, /too cold/)
  assert.equal((await carl.get('/post/4')).status, 410)
}

/** Sent when the topic is locked already, it is kept, and sent again when the topic is open. */
async function isTooLate(forum: TestForum, hands: Hands): Promise<void> {
  const admin = await forum.asAdmin()
  const turn = async (act: string) => {
    await admin.get('/topic/2/')
    await admin.page.form(`.head [name=act][value=${act}]`).submit()
  }
  await turn('lock')
  await hands.press('Submit Reply', { body: late })
  await hands.sees('main', /The topic was locked while you were writing/)
  await hands.sees('textarea[name=lost-body]', /One more thing: \*rye\* starts/)
  await hands.follow('Go to your drafts')
  await hands.sees('main article', /Reply to A loaf a week.*rye/)
  await hands.misses('main a', /Continue/)
  await turn('unlock')
  await hands.go('/drafts/')
  await hands.follow('Continue')
  assert.equal(await hands.value('body'), late)
  await hands.press('Submit Reply')
  await hands.sees('article.post .prose', /rye starts it fastest/)
  await hands.go('/drafts/')
  await hands.sees('main', /Nothing is waiting here/)
}

/** Nothing brings the session back; the password does. */
async function signsOut(hands: Hands): Promise<void> {
  await hands.press('Sign Out')
  await hands.loseSession()
  await hands.go('/')
  await hands.sees('header', /Sign In/)
  await hands.misses('header', /Bea/)
  await signIn(hands, bea)
}
