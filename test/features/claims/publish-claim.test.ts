import assert from 'node:assert/strict'
import { hashSecret } from '../../../src/platform/secret.ts'
import { forumOnBothDatabases } from '../../support/index.ts'
import { setVerb } from '../posts/world.ts'
import {
  anotherTab,
  both,
  claimOf,
  claims,
  goodPassword,
  heldBy,
  newcomer,
  posts,
  reply,
  secretOf,
  set,
  startTopic,
} from './guests.ts'

forumOnBothDatabases('whoever registers on the page of a claim lands on their post', async forum => {
  const guest = forum.asGuest()
  const page = await reply(guest, 'Written before I had a name')
  await forum.db.updateTable('claims').set({ created_at: 1000 }).execute()
  const before = Date.now()
  const there = await guest.press('Register and publish', newcomer('Nora Fields'))
  const [post] = await posts(forum.db)
  assert.equal(there.url, `/topic/1-welcome-you-can-reply-before-you-register/#post-${post?.id}`)
  assert.match(there.texts(`#post-${post?.id}`).join(), /Nora Fields.*Written before I had a name/)
  assert.ok((post?.created_at ?? 0) >= before)
  assert.deepEqual(heldBy(guest), [])
  assert.doesNotMatch((await guest.get('/')).text, /unpublished/)
  assert.match((await forum.asGuest().get('/topic/1/')).text, /Written before I had a name/)
  const [claim] = await claims(forum.db)
  assert.deepEqual([claim?.body, claim?.html, claim?.text, claim?.address, claim?.fingerprint], ['', '', '', null, ''])
  assert.equal((await guest.get(page.url)).url, there.url)
  const stranger = await forum.asGuest().get(page.url)
  assert.equal(stranger.status, 409)
  assert.match(stranger.text, /This post has been taken already/)
})

forumOnBothDatabases('a new topic is published in the same way', async forum => {
  const guest = forum.asGuest()
  await startTopic(guest, 3, 'What do you grow?', 'On your balcony, I mean')
  const there = await guest.press('Register and publish', newcomer('Nora Fields'))
  assert.equal(there.h1, 'What do you grow?')
  assert.match(there.url, /^\/topic\/2-what-do-you-grow\/#post-2$/)
  assert.match((await forum.asGuest().get('/forum/3/')).text, /What do you grow\?/)
})

forumOnBothDatabases('whoever has an account signs in beside it, after failed attempts too', async forum => {
  const person = await forum.member('Bea')
  const guest = forum.asGuest()
  const page = await reply(guest, 'It is me')
  const wrong = await guest.press('Sign in and publish', { login: person.email, password: 'wrong password' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /do not match/)
  assert.match(wrong.text, /It is me/)
  assert.equal(wrong.form('Sign in and publish').value('login'), person.email)
  assert.equal(wrong.form('Register and publish').value('Email Address'), person.email)
  assert.equal(wrong.headers['cache-control'], 'no-store')
  await guest.press('Sign in and publish', { login: person.name, password: goodPassword })
  const [post] = await posts(forum.db)
  assert.deepEqual([post?.member_id, post?.text], [person.id, 'It is me'])
  assert.match(guest.page.url, new RegExp(`#post-${post?.id}$`))
  assert.equal((await claimOf(forum.db, page)).taken_by_id, person.id)
})

forumOnBothDatabases('whoever is signed in publishes under their name, without the cookie too', async forum => {
  const page = await reply(forum.asGuest(), 'From the other computer')
  const bea = await forum.asMember('Bea')
  await bea.get(page.url)
  assert.equal(bea.page.has('input[type=password]'), false)
  await bea.press('Publish as Bea')
  assert.match(bea.page.url, /#post-2$/)
})

forumOnBothDatabases('mistakes in registering leave text, name and address where they were', async forum => {
  await forum.member('Bea')
  const guest = forum.asGuest()
  const page = await reply(guest, 'Still here')
  const wrong = await guest.press('Register and publish', {
    'Display Name': 'B e a',
    'Email Address': 'nobody',
    Password: 'short',
    terms: true,
  })
  assert.equal(wrong.status, 422)
  assert.equal(wrong.url, `${page.url}/register`)
  assert.equal(wrong.count('[role=alert] li'), 3)
  const form = wrong.form('Register and publish')
  assert.deepEqual(
    [form.value('Display Name'), form.value('Email Address'), form.value('Password')],
    ['B e a', 'nobody', ''],
  )
  assert.match(wrong.text, /Still here/)
  const taken = await guest.press('Register and publish', { ...newcomer('Bea'), Password: 'not the one of Bea' })
  assert.equal(taken.form('Sign in and publish').value('login'), 'bea@example.org')
  assert.deepEqual(await posts(forum.db), [])
  await guest.press('Register and publish', newcomer('Nora Fields'))
  assert.equal((await posts(forum.db)).length, 1)
})

forumOnBothDatabases('an ordinary registration or sign-in in that browser attaches nothing', async forum => {
  const guest = forum.asGuest()
  const page = await reply(guest, 'Not for whoever comes next')
  await guest.get('/register/')
  await guest.press('Register', newcomer('Nora Fields'))
  assert.match(guest.page.text, /You have 1 unpublished post: continue/)
  await guest.press('Sign Out')
  await forum.signIn(guest, await forum.member('Bea'))
  await guest.get('/topic/1/')
  assert.deepEqual(await posts(forum.db), [])
  assert.equal((await claimOf(forum.db, page)).taken_at, null)
  assert.equal((await guest.get(page.url)).has('form'), true)
  assert.deepEqual(await posts(forum.db), [])
})

forumOnBothDatabases('an e-mail address alone attaches nothing', async forum => {
  const guest = forum.asGuest()
  const page = await reply(guest, 'Mine')
  await guest.press('Register and publish', { ...newcomer('Nora Fields'), Password: 'short' })
  const nora = await forum.asMember('Nora Fields')
  assert.doesNotMatch((await nora.get('/')).text, /unpublished/)
  assert.equal((await nora.get('/claims/')).count('main section'), 0)
  assert.equal((await claimOf(forum.db, page)).taken_at, null)
})

forumOnBothDatabases('of two people racing for a claim one gets it and the other is told', async forum => {
  const page = await reply(forum.asGuest(), 'Whose is it?')
  const people = [await forum.asMember('Bea'), await forum.asMember('Carl')] as const
  for (const person of people) await person.get(page.url)
  const there = await both(
    () => people[0].press('Publish as Bea'),
    () => people[1].press('Publish as Carl'),
  )
  assert.deepEqual(there.map(({ status }) => status).sort(), [200, 409])
  const told = there.find(({ status }) => status === 409)
  assert.match(told?.text ?? '', /This post has been taken already\. It can be published once only\./)
  assert.equal((await posts(forum.db)).length, 1)
  const late = forum.asGuest()
  const status = (
    await late.post(`${page.url}/register`, { name: 'Nora', email: 'n@example.org', password: goodPassword })
  ).status
  assert.equal(status, 409)
  assert.equal(
    await forum.db.selectFrom('members').select('id').where('name', '=', 'Nora').executeTakeFirst(),
    undefined,
  )
})

forumOnBothDatabases('a button pressed again leads to the post it made', async forum => {
  const bea = await forum.asMember('Bea')
  const page = await reply(forum.asGuest(), 'Once is enough')
  for (const press of [1, 2]) assert.match((await bea.post(`${page.url}/publish`)).url, /#post-2$/, `press ${press}`)
  const guest = forum.asGuest()
  const first = await reply(guest, 'And once more')
  const form = first.form('Register and publish').fill(newcomer('Nora Fields'))
  for (const press of [1, 2]) assert.match((await form.submit()).url, /#post-3$/, `press ${press}`)
  guest.dropCookies()
  assert.match((await form.submit()).url, /#post-3$/)
  assert.equal(
    (await form.fill({ Password: 'another password' }).submit()).url,
    `/topic/1-welcome-you-can-reply-before-you-register/#post-3`,
  )
  guest.dropCookies()
  assert.equal((await form.submit()).status, 409)
  assert.equal((await posts(forum.db)).length, 2)
})

forumOnBothDatabases('a button pressed twice at the same moment makes one account and one post', async forum => {
  const guest = forum.asGuest()
  const first = await reply(guest, 'Impatient')
  const tab = anotherTab(forum, guest)
  await tab.get(first.url)
  const twice = await both(
    () => guest.press('Register and publish', newcomer('Nora Fields')),
    () => tab.press('Register and publish', newcomer('Nora Fields')),
  )
  assert.deepEqual(
    twice.map(({ url }) => url.split('#')[1]),
    ['post-2', 'post-2'],
  )
  const member = await forum.asMember('Bea')
  const second = await reply(forum.asGuest(), 'Impatient as well')
  const other = anotherTab(forum, member)
  const again = await both(
    () => member.post(`${second.url}/publish`),
    () => other.post(`${second.url}/publish`),
  )
  assert.deepEqual(
    again.map(({ url }) => url.split('#')[1]),
    ['post-3', 'post-3'],
  )
  const third = await reply(forum.asGuest(), 'And this')
  const login = { login: 'Bea', password: goodPassword }
  const [one, two] = [forum.asGuest(), forum.asGuest()]
  const signed = await both(
    () => one.post(`${third.url}/sign-in`, login),
    () => two.post(`${third.url}/sign-in`, login),
  )
  assert.deepEqual(
    signed.map(({ url }) => url.split('#')[1]),
    ['post-4', 'post-4'],
  )
  assert.equal((await posts(forum.db)).length, 3)
  assert.equal((await forum.db.selectFrom('members').select('id').execute()).length, 3)
})

forumOnBothDatabases('publishing discards identical siblings of the same browser, and no others', async forum => {
  const guest = forum.asGuest()
  await reply(guest, 'Twin')
  await forum.db
    .updateTable('claims')
    .set(eb => ({ created_at: eb('created_at', '-', 3_600_000) }))
    .execute()
  await reply(guest, 'Twin')
  await reply(guest, 'Another text')
  await startTopic(guest, 3, 'Twin', 'Twin')
  const stranger = await reply(forum.asGuest(), 'Twin')
  assert.equal((await claims(forum.db)).length, 5)
  await guest.get('/claims/')
  const [first] = guest.page.html.match(/\/claim\/[\w-]{43}/) ?? []
  await guest.get(first ?? '')
  await guest.press('Register and publish', newcomer('Nora Fields'))
  const left = (await claims(forum.db)).filter(claim => claim.taken_at === null)
  assert.deepEqual(
    left.map(({ body, kind }) => [kind, body]),
    [
      ['reply', 'Another text'],
      ['topic', 'Twin'],
      ['reply', 'Twin'],
    ],
  )
  assert.equal((await claimOf(forum.db, stranger)).taken_at, null)
  assert.match((await guest.get('/')).text, /You have 2 unpublished posts: continue/)
  assert.equal(heldBy(guest).length, 2)
})

forumOnBothDatabases('a first post with a link waits, shown to its author in place with the reason', async forum => {
  const guest = forum.asGuest()
  await reply(guest, 'Look at https://example.com/')
  const there = await guest.press('Register and publish', newcomer('Nora Fields'))
  assert.match(there.url, /#post-2$/)
  assert.match(there.texts('#post-2').join(), /Awaiting approval.*first post with a link/)
  assert.doesNotMatch((await forum.asGuest().get('/topic/1/')).text, /example\.com/)
  const topic = await startTopic(forum.asGuest(), 3, 'See www.example.com', 'Plain words')
  const visitor = forum.asGuest()
  await visitor.get(topic.url)
  const mine = await visitor.press('Register and publish', newcomer('Otto Hill'))
  assert.equal(mine.h1, 'See www.example.com')
  assert.match(mine.text, /first post with a link/)
  assert.doesNotMatch((await forum.asGuest().get('/forum/3/')).text, /See www/)
})

forumOnBothDatabases('where the forum asks for approval a published claim waits for it', async forum => {
  const group = await forum.db.selectFrom('groups').select('id').where('kind', '=', 'members').executeTakeFirstOrThrow()
  await forum.db
    .updateTable('permissions')
    .set({ allowed: 0 })
    .where('group_id', '=', group.id)
    .where('verb', '=', 'publish')
    .execute()
  await set(forum.db, {})
  await forum.db
    .updateTable('revisions')
    .set(eb => ({ permissions: eb('permissions', '+', 1) }))
    .execute()
  const guest = forum.asGuest()
  await reply(guest, 'Plain words')
  const there = await guest.press('Register and publish', newcomer('Nora Fields'))
  assert.match(there.texts('#post-2').join(), /Awaiting approval.*when a moderator has approved them/)
  assert.equal((await posts(forum.db))[0]?.pending_reason, 'posts.waits_for_all')
})

const happenings = {
  locked: { change: { locked_at: 1 }, told: /locked/ },
  deleted: { change: { deleted_at: 1 }, told: /deleted/ },
  hidden: { change: { hidden_at: 1 }, told: /out of your reach/ },
}

for (const [what, { change, told }] of Object.entries(happenings)) {
  forumOnBothDatabases(
    `a reply to a topic that was ${what} meanwhile becomes a draft, with the reason`,
    async forum => {
      const guest = forum.asGuest()
      const page = await reply(guest, 'Too late?\n\nNo.')
      await forum.db.updateTable('topics').set(change).where('id', '=', 1).execute()
      const form = page.form('Register and publish').fill(newcomer('Nora Fields'))
      const there = await form.submit()
      assert.equal(there.url, '/drafts/')
      assert.match(there.text, told)
      assert.match(there.text, /Your text is kept among your drafts\./)
      assert.equal(there.has('textarea'), true)
      assert.match(there.html, /Too late\?\r\n\r\nNo\./)
      assert.deepEqual(await posts(forum.db), [])
      assert.equal((await form.submit()).url, '/drafts/')
      assert.equal((await forum.db.selectFrom('drafts').selectAll().execute()).length, 1)
      assert.equal((await guest.get(page.url)).url, '/drafts/')
    },
  )
}

forumOnBothDatabases('a reply to a topic that was moved out of reach meanwhile becomes a draft', async forum => {
  for (const group of ['Guests', 'Members']) await setVerb(forum.db, 4, group, 'read', false)
  const guest = forum.asGuest()
  const page = await reply(guest, 'Where has it gone?')
  const admin = await forum.asAdmin()
  await admin.post('/moderate/', { act: 'move', topic: '1', forum: '4', reason: '' })
  const again = await guest.get(page.url)
  assert.doesNotMatch(again.text, /Welcome!|Questions and help/)
  const there = await guest.press('Register and publish', newcomer('Nora Fields'))
  assert.equal(there.url, '/drafts/')
  assert.match(there.text, /moved out of your reach/)
  assert.match(there.html, /Where has it gone\?/)
  assert.doesNotMatch(there.text, /Welcome!/)
})

forumOnBothDatabases('limits that refuse to register or sign in leave everything where it was', async forum => {
  await set(forum.db, { registrations_per_address: 1, sign_in_tries_address: 3 })
  const address = { address: '203.0.113.50' }
  const first = forum.asGuest(address)
  await reply(first, 'The first of the household')
  await first.press('Register and publish', newcomer('Nora Fields'))
  const second = forum.asGuest(address)
  const page = await reply(second, 'The second')
  const refused = await second.press('Register and publish', newcomer('Otto Hill'))
  assert.equal(refused.status, 429)
  assert.match(refused.text, /The second/)
  assert.equal(refused.form('Register and publish').value('Display Name'), 'Otto Hill')
  for (const status of [422, 422, 422, 429]) {
    const tried = await second.press('Sign in and publish', { login: 'Nora Fields', password: 'a guess' })
    assert.equal(tried.status, status)
    assert.match(tried.text, /The second/)
  }
  assert.equal((await claimOf(forum.db, page)).taken_at, null)
})

forumOnBothDatabases('a topic for a forum that was closed meanwhile becomes a draft', async forum => {
  const guest = forum.asGuest()
  const page = await startTopic(guest, 3, 'A question', 'Of mine')
  await forum.db
    .insertInto('permissions')
    .columns(['forum_id', 'group_id', 'verb', 'allowed'])
    .expression(eb =>
      eb.selectFrom('groups').select([eb.val(3).as('f'), 'id', eb.val('read').as('v'), eb.val(0).as('a')]),
    )
    .execute()
  await forum.db
    .updateTable('revisions')
    .set(eb => ({ permissions: eb('permissions', '+', 1), shell: eb('shell', '+', 1) }))
    .execute()
  assert.doesNotMatch((await guest.get(page.url)).text, /General discussion/)
  const there = await guest.press('Register and publish', newcomer('Nora Fields'))
  assert.equal(there.url, '/drafts/')
  assert.match(there.text, /out of your reach, or gone/)
  const [draft] = await forum.db.selectFrom('drafts').selectAll().execute()
  assert.deepEqual([draft?.title, draft?.body, draft?.forum_id, draft?.topic_id], ['A question', 'Of mine', 3, null])
})

forumOnBothDatabases('a claim follows its topic to another forum', async forum => {
  const page = await reply(forum.asGuest(), 'Wherever it is')
  const admin = await forum.asAdmin()
  await admin.post('/moderate/', { act: 'move', topic: '1', forum: '4', reason: '' })
  assert.equal((await claimOf(forum.db, page)).forum_id, 4)
  const bea = await forum.asMember('Bea')
  await bea.post(`${page.url}/publish`)
  assert.equal((await posts(forum.db))[0]?.topic_id, 1)
})

forumOnBothDatabases('whoever was signed out meanwhile finds the page of the claim again', async forum => {
  const page = await reply(forum.asGuest(), 'Wait for me')
  const bea = await forum.asMember('Bea')
  await bea.get(page.url)
  bea.dropCookies('stoa_session')
  const there = await bea.press('Publish as Bea')
  assert.equal(there.url, page.url)
  assert.ok(there.form('Sign in and publish'))
})

forumOnBothDatabases('the secret alone decides, not how often it was stored', async forum => {
  const page = await reply(forum.asGuest(), 'Two doors')
  const { id } = await claimOf(forum.db, page)
  const another = 'B'.repeat(43)
  await forum.db
    .insertInto('claim_secrets')
    .values({ hash: hashSecret(another), claim_id: id, created_at: 0 })
    .execute()
  assert.match((await forum.asGuest().get(`/claim/${another}`)).text, /Two doors/)
  const bea = await forum.asMember('Bea')
  await bea.post(`/claim/${another}/publish`)
  assert.equal((await forum.asGuest().get(`/claim/${secretOf(page)}`)).status, 409)
})
