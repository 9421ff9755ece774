import assert from 'node:assert/strict'
import { forumTree } from '../../../src/features/forums/index.ts'
import type { Db, GuestPosting } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'
import { claimOf, claims, newcomer, posts, reply, set } from './guests.ts'

/** What a forum, a category or (0) the guests' group says; null: nothing of its own. */
async function choose(db: Db, id: number, way: GuestPosting | null): Promise<void> {
  if (id) await db.updateTable('forums').set({ guest_posting: way }).where('id', '=', id).execute()
  else await db.updateTable('groups').set({ guest_posting: way }).where('kind', '=', 'guests').execute()
  await db
    .updateTable('revisions')
    .set(eb => ({ shell: eb('shell', '+', 1) }))
    .execute()
}

async function ways(db: Db): Promise<(GuestPosting | undefined)[]> {
  const { byId } = await forumTree(db)
  return [1, 2, 3, 4].map(id => byId.get(id)?.guestPosting)
}

forumOnBothDatabases('each forum says what guests may do, else its category, else the group of guests', async forum => {
  const { db } = forum
  assert.deepEqual(await ways(db), ['claim', 'claim', 'claim', 'claim'])
  await choose(db, 0, 'none')
  assert.deepEqual(await ways(db), ['none', 'none', 'none', 'none'])
  await choose(db, 1, 'named')
  await choose(db, 3, 'claim')
  assert.deepEqual(await ways(db), ['named', 'named', 'claim', 'named'])
  await choose(db, 3, null)
  assert.deepEqual(await ways(db), ['named', 'named', 'named', 'named'])
})

forumOnBothDatabases('the box shows at once what guests may do, on cached pages too', async forum => {
  const guest = forum.asGuest()
  for (const round of [1, 2])
    assert.match((await guest.get('/topic/1/')).text, /post now and register later/, `${round}`)
  await choose(forum.db, 0, 'none')
  const closed = await guest.get('/topic/1/')
  assert.equal(closed.has('#reply form'), false)
  assert.match(closed.text, /Sign in to reply to this topic\./)
  assert.doesNotMatch(closed.html, /href="[^"]*new-topic/)
  assert.equal((await guest.get('/forum/3/new-topic')).url.startsWith('/login/'), true)
  await choose(forum.db, 3, 'named')
  assert.match((await guest.get('/topic/1/')).text, /You can post under a name without registering/)
  await choose(forum.db, 3, 'claim')
  assert.match((await guest.get('/topic/1/')).text, /post now and register later/)
})

forumOnBothDatabases('what a guest typed where guests may not post any more goes to sign-in with them', async forum => {
  const guest = forum.asGuest()
  await guest.get('/topic/1/')
  const form = guest.page.form('Submit Reply').fill({ body: 'Typed while I still might' })
  await choose(forum.db, 0, 'none')
  const page = await form.submit('Submit Reply')
  assert.equal(page.form('Sign In').value('body'), 'Typed while I still might')
  assert.deepEqual(await claims(forum.db), [])
})

forumOnBothDatabases(
  'while registration is closed nobody is invited, and what is kept already can be published with an account',
  async forum => {
    const guest = forum.asGuest()
    const page = await reply(guest, 'Kept from before')
    await set(forum.db, { registration: 'closed' })
    assert.match((await forum.asGuest().get('/topic/1/')).text, /Sign in to reply to this topic\./)
    await guest.get(page.url)
    assert.match(guest.page.text, /Registration is closed at the moment/)
    assert.equal(guest.page.has('input[autocomplete=new-password]'), false)
    const refused = await guest.post(`${page.url}/register`, {
      name: 'Nora',
      email: 'nora@example.org',
      password: 'seven walruses',
      terms: '1',
    })
    assert.equal(refused.status, 403)
    assert.match(refused.text, /Kept from before/)
    assert.equal((await claimOf(forum.db, page)).taken_at, null)
    await set(forum.db, { registration: 'open' })
    const person = await forum.member('Bea')
    await set(forum.db, { registration: 'closed' })
    await guest.get(page.url)
    await guest.press('Sign in and publish', { login: person.name, password: person.password })
    assert.equal((await posts(forum.db))[0]?.text, 'Kept from before')
  },
)

forumOnBothDatabases('a claim of before is published although guests may not post any more', async forum => {
  const guest = forum.asGuest()
  await reply(guest, 'In time')
  await choose(forum.db, 0, 'none')
  await guest.press('Register and publish', newcomer('Nora Fields'))
  assert.equal((await posts(forum.db))[0]?.text, 'In time')
})
