import assert from 'node:assert/strict'
import { bumpRevisions, type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { makeForums } from '../posts/world.ts'
import { addMember, goodPassword } from './accounts.ts'
import { nora, said, smallForum, whoIs } from './small-forum.ts'

onBothDatabases('somebody signs in, is known on every page, and signs out', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  assert.equal(await whoIs(visitor), null)
  assert.equal(visitor.cookie('stoa_session'), undefined)
  await visitor.get('/login/?return=/elsewhere%3Fa=1')
  const there = await visitor.press('Sign In', {
    'Display name or email address': 'nora fields',
    Password: goodPassword,
  })
  assert.deepEqual(said(there), { ...said(there), at: '/elsewhere?a=1', member: 'Nora Fields' })
  assert.equal(visitor.cookie('stoa_remember'), undefined)
  await visitor.post('/logout/')
  assert.equal(await whoIs(visitor), null)
  assert.equal(visitor.cookie('stoa_session'), undefined)
})

onBothDatabases('a wrong password says so, keeps what was typed, and never the password', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  for (const login of ['Nora Fields', 'Nobody <b>Here</b>']) {
    await visitor.get('/login/')
    const page = await visitor.press('Sign In', { login, password: 'wrong wrong wrong', remember: true })
    assert.equal(page.status, 422)
    assert.match(page.text, /do not match/)
    assert.equal(page.form('Sign In').value('login'), login)
    assert.equal(page.form('Sign In').isTicked('remember'), true)
    assert.ok(!page.html.includes('wrong wrong wrong'))
  }
})

onBothDatabases('the session has another id after every sign-in', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await visitor.post('/login/', nora)
  const first = visitor.cookie('stoa_session') ?? ''
  await visitor.post('/login/', nora)
  const second = visitor.cookie('stoa_session') ?? ''
  assert.ok(first && second && first !== second)
  const thief = forum.visit()
  thief.setCookie('stoa_session', first)
  assert.equal(await whoIs(thief), null)
  const planted = forum.visit()
  planted.setCookie('stoa_session', second.replace(/.$/, 'x'))
  await planted.post('/login/', nora)
  assert.notEqual(planted.cookie('stoa_session'), second.replace(/.$/, 'x'))
})

onBothDatabases('rights change at once, and the session’s id with them', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { id } = await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await visitor.post('/login/', nora)
  await whoIs(visitor)
  const before = visitor.cookie('stoa_session')
  const group = db.selectFrom('groups').select('id').where('kind', '=', 'administrators')
  await db.updateTable('members').set({ group_id: group }).where('id', '=', id).execute()
  assert.equal(await whoIs(visitor), 'Nora Fields')
  const after = visitor.cookie('stoa_session')
  assert.notEqual(after, before)
  await whoIs(visitor)
  assert.equal(visitor.cookie('stoa_session'), after)
  await endOfGrace(db)
  const old = forum.visit()
  old.setCookie('stoa_session', before ?? '')
  assert.equal(await whoIs(old), null)
  assert.equal(await whoIs(visitor), 'Nora Fields')
})

onBothDatabases('a moderator’s session has another id when their acts or forums change', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { id } = await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await visitor.post('/login/', nora)
  const ids = new Set([visitor.cookie('stoa_session')])
  const [one = 0, other = 0] = await makeForums(db, 2)
  for (const appointed of [
    { forum_id: one, acts: '["hide"]' },
    { forum_id: one, acts: '["hide","lock"]' },
    { forum_id: other, acts: '["hide","lock"]' },
  ]) {
    await appoint(db, id, appointed)
    await whoIs(visitor)
    ids.add(visitor.cookie('stoa_session'))
  }
  assert.equal(ids.size, 4)
  await appoint(db, id, { forum_id: other, acts: '["lock","hide"]' })
  await whoIs(visitor)
  assert.ok(ids.has(visitor.cookie('stoa_session')))
})

onBothDatabases(
  'a tab that asks with the old id while it changes stays signed in, and signs out for good',
  async room => {
    const { db, t } = room
    const forum = await smallForum(t, db)
    const { id } = await addMember(forum, 'Nora Fields')
    const [visitor, tab] = [forum.visit(), forum.visit()]
    await visitor.post('/login/', nora)
    const old = visitor.cookie('stoa_session') ?? ''
    tab.setCookie('stoa_session', old)
    const [one = 0] = await makeForums(db, 1)
    await appoint(db, id, { forum_id: one, acts: '["*"]' })
    assert.deepEqual([await whoIs(visitor), await whoIs(tab)], ['Nora Fields', 'Nora Fields'])
    assert.equal(tab.cookie('stoa_session'), old, 'the old id is given no new one')
    await appoint(db, id, { forum_id: one, acts: '["hide"]' })
    assert.equal(await whoIs(tab), 'Nora Fields')
    assert.equal(tab.cookie('stoa_session'), old)
    assert.equal(await whoIs(visitor), 'Nora Fields')
    assert.equal(await whoIs(tab), 'Nora Fields', 'also after two changes')
    await tab.post('/logout/')
    assert.equal(await whoIs(visitor), null)
    assert.equal(await whoIs(forum.visit()), null)
    assert.equal((await db.selectFrom('sessions').select('id').where('member_id', '=', id).execute()).length, 0)
  },
)

/** As if the seconds had gone by in which an old id still leads to its member. */
async function endOfGrace(db: Db): Promise<void> {
  await db.updateTable('sessions').set({ expires_at: 1 }).where('id', 'like', 'past %').execute()
}

/** This member, and in this forum only. */
async function appoint(db: Db, memberId: number, where: { forum_id: number; acts: string }): Promise<void> {
  await inTransaction(db, async tx => {
    await tx.deleteFrom('moderators').where('member_id', '=', memberId).execute()
    await tx
      .insertInto('moderators')
      .values({ member_id: memberId, group_id: null, ...where })
      .execute()
    await bumpRevisions(tx, 'permissions')
  })
}

onBothDatabases('a member who is gone is a guest', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  const { id } = await addMember(forum, 'Nora Fields')
  const visitor = forum.visit()
  await visitor.post('/login/', nora)
  await db.deleteFrom('members').where('id', '=', id).execute()
  assert.equal(await whoIs(visitor), null)
  assert.equal((await visitor.get('/account/')).h1, 'Sign In')
})

onBothDatabases(
  '"Remember me" signs in again when the browser was closed, with another token each time',
  async ({ db, t }) => {
    const forum = await smallForum(t, db)
    await addMember(forum, 'Nora Fields')
    const visitor = forum.visit()
    await visitor.get('/login/')
    await visitor.press('Sign In', { ...nora, 'Remember me': true })
    const first = visitor.cookie('stoa_remember')
    visitor.dropCookies('stoa_session')
    assert.equal(await whoIs(visitor), 'Nora Fields')
    const second = visitor.cookie('stoa_remember')
    assert.ok(first && second && first !== second)
    await visitor.post('/logout/')
    assert.equal(visitor.cookie('stoa_remember'), undefined)
    const copied = forum.visit()
    copied.setCookie('stoa_remember', second)
    assert.equal(await whoIs(copied), null)
    assert.equal(copied.cookie('stoa_remember'), undefined)
  },
)

onBothDatabases('a stolen token signs everybody out, and its holder reads why', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const owner = forum.visit()
  await owner.post('/login/', { ...nora, remember: '1' })
  const copy = owner.cookie('stoa_remember') ?? ''
  for (let i = 0; i < 2; i++) {
    owner.dropCookies('stoa_session')
    await whoIs(owner)
  }
  const thief = forum.visit()
  thief.setCookie('stoa_remember', copy)
  assert.match((await thief.get('/login/')).text, /signed you out everywhere/)
  assert.equal(await whoIs(owner), null)
})

onBothDatabases('signing out everywhere ends the other browsers', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  const [here, there] = [forum.visit(), forum.visit()]
  for (const visitor of [here, there]) await visitor.post('/login/', { ...nora, remember: '1' })
  await here.get('/account/')
  const page = await here.press('Sign out everywhere')
  assert.match(page.text, /signed out everywhere/)
  assert.equal(await whoIs(here), null)
  assert.equal(await whoIs(there), null)
})

onBothDatabases('whoever signs in as somebody else is remembered no longer as the first', async ({ db, t }) => {
  const forum = await smallForum(t, db)
  await addMember(forum, 'Nora Fields')
  await addMember(forum, 'Someone Else')
  const visitor = forum.visit()
  await visitor.post('/login/', { ...nora, remember: '1' })
  await visitor.post('/login/', { login: 'Someone Else', password: goodPassword })
  visitor.dropCookies('stoa_session')
  assert.equal(await whoIs(visitor), null)
})
