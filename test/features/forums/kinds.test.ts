import assert from 'node:assert/strict'
import { addForum, forumTree } from '../../../src/features/forums/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, type TestForum } from '../../support/index.ts'
import { newcomer, set as settle } from '../claims/guests.ts'
import { makeTopic } from '../posts/world.ts'

/** Names of the forums in General discussion's category with dashes for how deep each stands. */
async function order(db: Db): Promise<string> {
  const { roots } = await forumTree(db)
  const lines = (nodes: typeof roots, depth: number): string[] =>
    nodes.flatMap(node => [`${'-'.repeat(depth)}${node.name.split(' ')[0]}`, ...lines(node.children, depth + 1)])
  return lines(roots, 0).join(' ')
}

/** An administrator arranges forums by buttons and by dropping them, and never breaks the tree. */
async function arrange(forum: TestForum): Promise<void> {
  const { db } = forum
  const admin = await forum.asAdmin()
  const shift = (id: number, direction: string) => admin.post(`/admin/forums/${id}/shift`, { direction })
  assert.equal(await order(db), 'Community -News -General -Questions')
  await shift(3, 'in')
  assert.equal(await order(db), 'Community -News --General -Questions')
  await shift(4, 'in')
  assert.equal(await order(db), 'Community -News --General --Questions')
  await shift(4, 'up')
  await shift(3, 'out')
  assert.equal(await order(db), 'Community -News --Questions -General')
  await shift(3, 'out')
  await shift(2, 'in')
  await shift(1, 'in')
  assert.equal(await order(db), 'Community -News --Questions -General', 'what leads nowhere changes nothing')
  await admin.post('/admin/forums/4/place', { parent: '1', before: '2' })
  assert.equal(await order(db), 'Community -Questions -News -General')
  for (const place of [{ parent: '3' }, { parent: '' }, { parent: '99' }, { parent: 'x', before: '-' }])
    assert.equal((await admin.post('/admin/forums/3/place', place as Record<string, string>)).status, 200)
  assert.equal(await order(db), 'Community -Questions -News -General', 'nor into itself, nor where no forum stands')
  await Promise.all([
    admin.post('/admin/forums/2/place', { parent: '3' }),
    admin.post('/admin/forums/3', { name: 'General discussion', parent: '2' }),
  ])
  assert.match(await order(db), /-News --General|-General --News/, 'two at once put no forums into each other')
  for (const id of [2, 3]) await admin.post(`/admin/forums/${id}/place`, { parent: '1' })
  assert.equal(await order(db), 'Community -Questions -News -General')
}

/** A forum shows its icon, its rules and its own order, and a link leads away and is counted. */
async function showKinds(forum: TestForum): Promise<void> {
  const { db } = forum
  const admin = await forum.asAdmin()
  const guest = forum.asGuest()
  await admin.get('/admin/forums/4')
  const saved = await admin.press('Save', {
    type: 'questions',
    icon: 'star',
    rules: 'Say **what you tried** <b>first</b>',
    approval: 'topics',
  })
  assert.equal(saved.status, 200)
  const old = await makeTopic(db, 4, 1, 'Asked first')
  await makeTopic(db, 4, 1, 'Asked last')
  await db
    .updateTable('topics')
    .set({ created_at: 5, last_post_at: Date.now() + 5 })
    .where('id', '=', old.topicId)
    .execute()
  const page = await guest.get('/forum/4/')
  assert.match(page.text, /Rules of this forum\s+Say what you tried <b>first<\/b>/)
  assert.match(page.text, /Asked last[\s\S]*Asked first/)
  assert.match((await guest.get('/forum/4/?sort=last')).text, /Asked first[\s\S]*Asked last/)
  const bea = await forum.asMember('Bea')
  assert.match((await bea.get('/forum/4/new-topic')).text, /Say what you tried/)
  assert.match((await bea.press('Submit Topic', { title: 'How?', body: 'Tell me' })).text, /Awaiting approval/)
  assert.match((await guest.get('/')).html, /#star"/)

  for (const address of ['javascript:alert(1)', '//evil.example', 'ftp://x.example', ''])
    assert.equal(
      (await admin.post('/admin/forums/new', { kind: 'link', name: 'Shop', parent: '1', address })).status,
      422,
    )
  await admin.post('/admin/forums/new', {
    kind: 'link',
    name: 'Shop',
    parent: '1',
    address: 'https://shop.example/?a=1',
  })
  const way = (await guest.get('/')).link('Shop')
  for (const method of ['get', 'head', 'get'] as const) {
    const { status, headers } = await guest.agent[method](way)
    assert.deepEqual([status, headers.location], [302, 'https://shop.example/?a=1'])
  }
  assert.match((await admin.get('/admin/forums')).text, /shop\.example[\s\S]*Followed 2 times/)
  const { byId } = await forumTree(db)
  const shop = [...byId.values()].find(({ kind }) => kind === 'link')
  assert.equal((await admin.post('/admin/forums/new', { name: 'Below', parent: String(shop?.id) })).status, 422)
  assert.equal((await bea.get(`/forum/${shop?.id}/new-topic`)).status, 403)
  await admin.post(`/admin/forums/${shop?.id}/delete`)
  assert.doesNotMatch((await guest.get('/')).text, /Shop/)
}

async function lockedForum(forum: TestForum) {
  const id = await inTransaction(forum.db, tx =>
    addForum(tx, { kind: 'forum', parentId: 3, name: 'Vault', description: 'Gold', guestPosting: null }),
  )
  const inner = await inTransaction(forum.db, tx =>
    addForum(tx, { kind: 'forum', parentId: id, name: 'Chamber', description: '', guestPosting: null }),
  )
  const { topicId, postId } = await makeTopic(forum.db, inner, 1, 'Treasure')
  return { id, inner, topicId, postId }
}

/** A forum with a password is nowhere to be seen until it is given, and again after it changes. */
async function lock(forum: TestForum): Promise<void> {
  const { id, inner, topicId, postId } = await lockedForum(forum)
  const admin = await forum.asAdmin()
  const set = (password: string) => admin.post(`/admin/forums/${id}/password`, { password })
  const bea = await forum.asMember('Bea')
  assert.match((await bea.get('/')).text, /Vault/)
  await set('open sesame')
  const hidden = async () => {
    for (const visitor of [forum.asGuest(), bea]) {
      for (const path of ['/', '/forum/3/', '/new-topic/', `/forum/${id}/`, `/forum/${inner}/`])
        assert.doesNotMatch((await visitor.get(path)).html, /Vault|Chamber|Treasure|Gold/, path)
      for (const path of [`/topic/${topicId}/`, `/post/${postId}`, `/forum/${id}/new-topic`])
        assert.equal((await visitor.get(path)).status, 404, path)
    }
  }
  await hidden()
  assert.match((await admin.get(`/forum/${id}/`)).text, /Vault/)
  await bea.get(`/forum/${inner}/`)
  const wrong = await bea.press('Open', { password: 'open barley' })
  assert.deepEqual([wrong.status, /That is not the password/.test(wrong.text)], [422, true])
  const opened = await bea.press('Open', { password: 'open sesame' })
  assert.match(opened.text, /Chamber[\s\S]*Treasure/)
  assert.equal((await bea.get(`/topic/${topicId}/`)).status, 200)
  const guest = forum.asGuest()
  await guest.get(`/forum/${id}/`)
  assert.match((await guest.press('Open', { password: 'open sesame' })).text, /Vault/)
  assert.match((await guest.get('/')).text, /Vault/)
  assert.doesNotMatch((await forum.asGuest().get('/')).text, /Vault/)
  await settle(forum.db, { registration: 'approval' })
  await guest.get(`/topic/${topicId}/`)
  await guest.press('Submit Reply', { body: 'Mine, as soon as I am let in' })
  const published = await guest.press('Register and publish', newcomer('Nina'))
  assert.match(published.text, /Treasure[\s\S]*Mine, as soon as I am let in/)
  assert.equal(published.url.split('-')[0], `/topic/${topicId}`, 'and it is no draft')

  await set('another one')
  await hidden()
  const thief = forum.asGuest()
  for (let at = 0; at < 10; at++) await thief.post(`/forum/${id}/password`, { password: `guess ${at}` })
  assert.equal((await thief.post(`/forum/${id}/password`, { password: 'another one' })).status, 429)
  await hidden()
  assert.equal((await thief.post('/forum/3/password', { password: 'x' })).url, '/forum/3-general-discussion/')
  assert.equal((await thief.post('/forum/999/password', { password: 'x' })).status, 404)
  await set('')
  assert.match((await thief.get('/')).text, /Vault/)
  const row = await forum.db.selectFrom('admin_log').select('message').where('path', 'like', '%password').execute()
  assert.doesNotMatch(JSON.stringify(row), /sesame|another/)
}

forumOnBothDatabases(
  'forums are arranged, are of several kinds, and show nothing to whoever does not know their password',
  async forum => {
    await arrange(forum)
    await showKinds(forum)
    await lock(forum)
  },
)
