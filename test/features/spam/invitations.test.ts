import assert from 'node:assert/strict'
import { type Filling, forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { both, newcomer, reply } from '../claims/guests.ts'
import { accountOf, registers, set, whyWaits } from './strangers.ts'

/** Makes an invitation and gives the path of its link. */
async function invites(admin: Visitor, values: Record<string, string | number> = {}): Promise<string> {
  await admin.get('/admin/invitations')
  const page = await admin.press('Make a link', { note: 'The choir', ...values })
  assert.equal(page.headers['cache-control'], 'no-store')
  const link = new URL(page.attribute('#made-link', 'value') ?? '')
  return link.pathname + link.search
}

async function ends(forum: TestForum): Promise<void> {
  await forum.db.updateTable('invitations').set({ ended_at: Date.now() }).execute()
}

forumOnBothDatabases(
  'where registration is by invitation a stranger finds no way in, and whoever has a link writes first and registers later',
  async forum => {
    const early = forum.asGuest()
    const kept = await reply(early, 'Hello from before')
    await set(forum.db, { registration: 'invitation' })
    const stranger = forum.asGuest()
    assert.match((await stranger.get('/register/')).text, /by invitation only/)
    assert.match((await stranger.get('/topic/1/')).text, /Sign in to reply/)
    assert.doesNotMatch(stranger.page.html, /href="\/register/)
    assert.match((await early.get(kept.url)).text, /Hello from before[\s\S]*by invitation only/)
    const fields = { name: 'Sly', email: 'sly@example.org', password: 'seven walruses in the attic', terms: '1' }
    for (const invitation of [undefined, 'x'.repeat(43)]) {
      const sent = invitation ? { ...fields, invitation } : fields
      assert.equal((await stranger.post('/register/', sent)).status, 403)
    }

    const admin = await forum.asAdmin()
    const path = await invites(admin, { uses: 2 })
    assert.doesNotMatch((await admin.get('/admin/invitations')).html, new RegExp(path.split('=')[1] ?? ''))
    const secrets = await forum.db.selectFrom('invitations').select('hash').execute()
    assert.notEqual(secrets[0]?.hash, path.split('=')[1])

    const guest = forum.asGuest()
    assert.match((await guest.get(path)).text, /You came by an invitation/)
    const claim = await reply(guest, 'Hello, choir!')
    assert.match(claim.url, /^\/claim\//)
    await guest.press('Register and publish', newcomer('Cora'))
    assert.match(guest.page.text, /Hello, choir!/)
    assert.equal(guest.cookie('stoa_invitation'), undefined)
    assert.equal(await whyWaits(forum.db, 'Cora'), null)

    await registers(forum.asGuest(), 'Carla', {}, path)
    assert.ok((await accountOf(forum.db, 'Carla')).invitation_id)
    assert.match((await admin.get('/admin/invitations')).text, /The choir[\s\S]*Used up[\s\S]*2 of 2[\s\S]*Cora, Carla/)
    assert.match((await forum.asGuest().get(path)).text, /has ended, or it was used as often/)
  },
)

forumOnBothDatabases('of two people at once one gets the last use of an invitation', async forum => {
  await set(forum.db, { registration: 'invitation' })
  const path = await invites(await forum.asAdmin(), { uses: 1 })
  const people = [forum.asGuest(), forum.asGuest()] as const
  for (const person of people) await person.get(path)
  const forms = people.map((person, index) => person.page.form('Register').fill(newcomer(`Twin ${index}`)))
  const pages = await both(
    async () => forms[0]?.submit('Register'),
    async () => forms[1]?.submit('Register'),
  )
  assert.deepEqual(pages.map(page => page?.status).sort(), [200, 403])
  const twins = await forum.db.selectFrom('members').select('id').where('name', 'like', 'Twin%').execute()
  assert.equal(twins.length, 1)
  const { uses } = await forum.db.selectFrom('invitations').select('uses').executeTakeFirstOrThrow()
  assert.equal(uses, 1)
})

forumOnBothDatabases(
  'an invitation that is late or ended opens nothing, whatever the browser still holds; and no other mode needs one',
  async forum => {
    await set(forum.db, { registration: 'invitation' })
    const admin = await forum.asAdmin()
    const path = await invites(admin, { uses: '', days: 1 })
    const slow = forum.asGuest()
    await slow.get(path)
    const form = slow.page.form('Register').fill(newcomer('Slow'))
    await forum.db
      .updateTable('invitations')
      .set({ expires_at: Date.now() - 1 })
      .execute()
    assert.equal((await form.submit('Register')).status, 403)
    assert.match((await slow.get('/topic/1/')).text, /Sign in to reply/)
    assert.equal(slow.cookie('stoa_invitation'), undefined)
    assert.match((await admin.get('/admin/invitations')).text, /Over/)

    const other = await invites(admin, { uses: '', days: '' })
    await set(forum.db, { registration: 'approval' })
    await registers(forum.asGuest(), 'Vera', {}, other)
    assert.equal(await whyWaits(forum.db, 'Vera'), null)
    await set(forum.db, { registration: 'open' })
    await registers(forum.asGuest(), 'Olga', {}, other)
    assert.ok((await accountOf(forum.db, 'Olga')).invitation_id)
    await admin.get('/admin/invitations')
    assert.match((await admin.press('End The choir')).text, /The invitation has ended\./)
    await registers(forum.asGuest(), 'Ines', {}, other)
    assert.equal((await accountOf(forum.db, 'Ines')).invitation_id, null)
    await set(forum.db, { registration: 'closed' })
    assert.match((await forum.asGuest().get(await invites(admin))).text, /no new members/)
    await ends(forum)
    for (const values of [{ uses: 0 }, { days: 'x' }, { uses: '1e9' }, { note: 'n'.repeat(201) }] as Record<
      string,
      Filling
    >[]) {
      await admin.get('/admin/invitations')
      assert.equal((await admin.press('Make a link', values)).status, 422)
    }
  },
)
