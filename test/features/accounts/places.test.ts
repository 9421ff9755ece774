import assert from 'node:assert/strict'
import { bumpRevisions, type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

/** Lets a member moderate a forum, from now on. */
async function appoint(db: Db, name: string): Promise<void> {
  const { id } = await db.selectFrom('members').select('id').where('name', '=', name).executeTakeFirstOrThrow()
  const moderator = { member_id: id, group_id: null, forum_id: 2, acts: '["*"]' }
  await inTransaction(db, async tx => {
    await tx.insertInto('moderators').values(moderator).execute()
    await bumpRevisions(tx, 'permissions')
  })
}

forumOnBothDatabases(
  'a member sees where they are signed in, ends one place or all others, and nobody else can',
  async forum => {
    assert.match((await forum.asGuest().get('/account/sessions/')).url, /^\/login\//)
    const bea = await forum.member('Bea')
    const [desk, phone] = [
      await forum.asMember('Bea', { headers: { 'user-agent': firefox } }),
      await forum.asMember('Bea', { headers: { 'user-agent': safari } }),
    ]
    const carl = await forum.asMember('Carl')
    const list = await desk.get('/account/sessions/')
    assert.deepEqual(
      list.texts('main h2').map(text => text.replace(/\s+/g, ' ').trim()),
      ['Firefox, Linux This browser', 'Safari, iOS'],
    )
    const key = list.attribute('input[name=place]', 'value') ?? ''
    await carl.post('/account/sessions/end', { place: key })
    assert.ok((await phone.get('/account/')).has('main h1'))
    assert.equal((await phone.get('/account/')).status, 200)

    await desk.get('/account/sessions/')
    await desk.press('Sign out there')
    await desk.post('/account/sessions/end', { place: key })
    assert.match((await phone.get('/account/')).url, /^\/login\//)

    // A session that changes its id is ended all the same, by the button of the page that was open before; and the browser
    // that asks with the old id still knows itself.
    const [tablet, tab] = [await forum.asMember('Bea', { headers: { 'user-agent': safari } }), forum.asGuest()]
    const open = (await desk.get('/account/sessions/')).attribute('input[name=place]', 'value') ?? ''
    tab.setCookie('stoa_session', desk.cookie('stoa_session') ?? '')
    await appoint(forum.db, 'Bea')
    for (const visitor of [tablet, desk]) assert.equal((await visitor.get('/account/')).status, 200)
    assert.match((await tab.get('/account/sessions/')).text, /This browser/)
    await desk.post('/account/sessions/end', { place: open })
    assert.match((await tablet.get('/account/')).url, /^\/login\//)

    // A browser that signs in by itself is ended together with what would sign it in again.
    const remembered = forum.asGuest({ headers: { 'user-agent': safari } })
    await remembered.get('/login/')
    await remembered.page
      .form('main input[type=password]')
      .fill({ login: bea.name, password: bea.password, remember: true })
      .submit()
    const both = await desk.get('/account/sessions/')
    assert.match(both.text, /Signs in by itself/)
    assert.equal(both.count('main h2'), 2)
    await desk.press('Sign out everywhere else')
    assert.match((await remembered.get('/account/')).url, /^\/login\//)
    assert.equal((await desk.get('/account/sessions/')).count('main h2'), 1)
    for (const odd of ['', 'series:1e9', 'series:99999999', 'session:', 'x'.repeat(5000)]) {
      assert.equal((await desk.post('/account/sessions/end', { place: odd })).status, 200)
    }
  },
)

forumOnBothDatabases(
  'the owner of an account hears by mail of a browser that never signed in there before, and only of such',
  async forum => {
    const told = async () => (await forum.mails('bea@example.org')).filter(mail => /new sign-in/.test(mail.subject))
    const first = await forum.asMember('Bea', { headers: { 'user-agent': firefox } })
    assert.deepEqual(await told(), [])
    await first.post('/logout', {})
    await forum.signIn(first, await forum.member('Bea'))
    assert.deepEqual(await told(), [])
    await forum.asMember('Bea', { headers: { 'user-agent': safari } })
    const [mail, ...more] = await told()
    assert.match(mail?.text ?? '', /have not seen there before[\s\S]*Safari, iOS/)
    assert.equal(more.length, 0)
    await forum.asMember('Bea', { headers: { 'user-agent': '<b>evil</b>' } })
    assert.match((await told()).at(-1)?.text ?? '', /An unknown browser/)
  },
  { mail: true },
)
