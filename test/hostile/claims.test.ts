import assert from 'node:assert/strict'
import { linkTo, registerAs } from '../features/accounts/letters.ts'
import { claims, goodPassword, posts } from '../features/claims/guests.ts'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../support/index.ts'

/** Somebody leaves a text and says that this address is theirs; the address of the claim's page. */
async function plants(forum: TestForum, body: string, email: string): Promise<string> {
  const sent = await forum.asGuest().post('/topic/1/reply', { body, format: 'markdown', email })
  assert.match(sent.url, /^\/claim\//)
  return sent.url
}

/** They are told of no text, hold none, and nothing appeared. */
async function assertNothingTheirs(forum: TestForum, visitor: Visitor): Promise<void> {
  for (const path of ['/', '/topic/1/', '/claims/', '/account/']) {
    const { text } = await visitor.get(path)
    assert.doesNotMatch(text, /You have \d+ unpublished|without an account|Planted/, path)
  }
  assert.deepEqual(await posts(forum.db), [])
  assert.deepEqual(
    (await claims(forum.db)).map(({ taken_at }) => taken_at),
    [null, null, null],
  )
}

forumOnBothDatabases(
  'an address that a stranger gave with a text brings that text to nobody who has, takes or proves the address',
  async forum => {
    const bea = await forum.asMember('Bea')
    for (const name of ['bea', 'nora', 'zoe']) await plants(forum, `Planted for ${name}`, `${name}@example.org`)
    await forum.runJobs()
    await assertNothingTheirs(forum, bea)

    const nora = forum.asGuest()
    await registerAs(nora, 'Nora', 'nora@example.org')
    await assertNothingTheirs(forum, nora)
    await nora.get(await linkTo(forum, 'nora@example.org', 'verify'))
    await nora.press('Confirm this address')
    assert.match(nora.page.text, /Your email address is confirmed/)
    await assertNothingTheirs(forum, nora)

    const { password } = await forum.member('Bea')
    await bea.post('/account/email', { email: 'zoe@example.org', password })
    await bea.get(await linkTo(forum, 'zoe@example.org', 'email-change'))
    await bea.press('Confirm this address')
    assert.match((await bea.get('/account/')).text, /zoe@example\.org/)
    await assertNothingTheirs(forum, bea)
    const again = forum.asGuest()
    await again.post('/login/', { login: 'zoe@example.org', password })
    await assertNothingTheirs(forum, again)
  },
  { mail: true },
)

forumOnBothDatabases('what has run out is published by no button, also by a page that was open before', async forum => {
  const bea = await forum.asMember('Bea')
  const path = await plants(forum, 'Too late', '')
  await bea.get(path)
  await forum.db
    .updateTable('claims')
    .set({ expires_at: Date.now() - 1 })
    .execute()
  const nora = { name: 'Nora', email: 'nora@example.org', password: goodPassword, terms: '1' }
  assert.equal((await bea.press('Publish as Bea')).status, 404)
  assert.equal((await forum.asGuest().post(`${path}/register`, nora)).status, 404)
  const { password } = await forum.member('Bea')
  assert.equal((await forum.asGuest().post(`${path}/sign-in`, { login: 'Bea', password })).status, 404)
  assert.equal((await bea.post(`${path}/edit`, { body: 'Changed', format: 'markdown' })).status, 404)
  assert.deepEqual(await posts(forum.db), [])
  assert.equal((await claims(forum.db))[0]?.body, 'Too late')
  const members = await forum.db.selectFrom('members').select('name').orderBy('id').execute()
  assert.deepEqual(
    members.map(({ name }) => name),
    ['Ada', 'Bea'],
  )
})
