import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyDatabase, kinds, Visitor } from '../support/index.ts'
import { folderWith, startForum } from './process.ts'

for (const kind of kinds) {
  test(`two processes that start at once on an empty database serve one forum (${kind})`, async t => {
    const [database, folder] = [await emptyDatabase(t, kind), folderWith(t)]
    const both = [startForum(t, { database, folder }), startForum(t, { database, folder })]
    const [one = '', other = ''] = await Promise.all(both.map(forum => forum.address()))
    await Promise.all(both.map(forum => forum.setupLink()))
    const [here, there] = [await new Visitor(one).get('/'), await new Visitor(other).get('/')]
    assert.equal(here.status, 200)
    assert.deepEqual(here.texts('main a'), there.texts('main a'))
    const migrated = both.flatMap(forum => forum.log()).filter(line => line.msg === 'applied')
    assert.equal(new Set(migrated.map(line => line.migration)).size, migrated.length)
    assert.deepEqual(await Promise.all(both.map(forum => forum.end())), [0, 0])
    assert.equal(both.map(forum => forum.errors).join(''), '')
  })

  test(`who is made and signed in at one process is known to the other at once (${kind})`, async t => {
    const [database, folder] = [await emptyDatabase(t, kind), folderWith(t)]
    const [one, other] = [startForum(t, { database, folder }), startForum(t, { database, folder })]
    const [link] = [new URL(await one.setupLink()), await other.setupLink()]
    const guest = new Visitor(await other.address())
    assert.doesNotMatch((await guest.get('/')).title, /The Porch/)

    const ada = new Visitor(link.origin)
    await ada.get(link.pathname + link.search)
    const values = { name: 'Ada', email: 'ada@example.org', password: 'seven quiet lanterns' }
    await ada.page
      .form('main form')
      .fill({ ...values, forum_name: 'The Porch', base_url: link.origin })
      .submit()

    assert.match((await guest.get('/')).title, /The Porch/)
    const elsewhere = new Visitor(await other.address())
    elsewhere.setCookie('stoa_session', ada.cookie('stoa_session') ?? '')
    assert.equal((await elsewhere.get('/admin/')).status, 200)
    const unused = new URL(await other.setupLink())
    assert.equal((await guest.get(unused.pathname + unused.search)).status, 404)
  })
}
