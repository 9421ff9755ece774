import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../../support/index.ts'

forumOnBothDatabases(
  'topics have the prefixes of their forum, chosen when they are written and set by moderators',
  async forum => {
    const { db } = forum
    const admin = await forum.asAdmin()
    const guest = forum.asGuest()
    for (const name of ['Bug', 'Idea', 'Idea']) {
      await admin.get('/admin/forums/3')
      await admin.page
        .form('Add')
        .fill({ 'New prefix': name, colour: name === 'Bug' ? 'danger' : 'plain' })
        .submit('Add')
    }
    const [bug, idea] = (await db.selectFrom('prefixes').selectAll().orderBy('id').execute()).map(({ id }) => id)
    assert.equal((await db.selectFrom('prefixes').select('id').execute()).length, 2, 'the same twice is one')
    await admin.post(`/admin/forums/3/prefixes/${idea}/raise`)
    await admin.post('/admin/forums/3', { name: 'General discussion', parent: '1', prefix_required: '1' })
    for (const fields of [
      { name: '', colour: 'plain' },
      { name: 'x', colour: 'pink' },
    ])
      assert.equal((await admin.post('/admin/forums/3/prefixes', fields)).status, 422)
    await admin.post(`/admin/forums/3/prefixes/${idea}`, { name: 'ø'.repeat(31), colour: 'plain' })
    const typedIn = admin.page.texts(`form[action$="/prefixes/${idea}"] [aria-invalid]`)
    assert.equal(typedIn.length, 1, 'what is wrong with a prefix is said at that one')
    assert.equal((await admin.post('/admin/forums/4/prefixes/99', { name: 'x', colour: 'plain' })).status, 404)

    const bea = await forum.asMember('Bea')
    const form = await bea.get('/forum/3/new-topic')
    assert.match(form.text, /Prefix\s+Choose one\s+Idea\s+Bug/)
    const refused = await bea.press('Submit Topic', { title: 'It broke', body: 'All of it' })
    assert.deepEqual([refused.status, refused.form('Submit Topic').value('title')], [422, 'It broke'])
    const topic = await bea.press('Submit Topic', { Prefix: 'Bug' })
    assert.match(topic.text, /Bug It broke/)
    const foreign = await bea.post('/forum/4/new-topic', {
      title: 'x',
      body: 'y',
      prefix: String(bug),
      submission: 'a'.repeat(20),
    })
    assert.equal(foreign.status, 422, 'another forum’s')

    await guest.get('/forum/3/new-topic')
    await guest.press('Submit Topic', { title: 'By a guest', body: 'Now', Prefix: 'Idea' })
    const claim = await db.selectFrom('claims').select('prefix_id').executeTakeFirstOrThrow()
    assert.equal(claim.prefix_id, idea)

    for (const path of ['/', '/forum/3/']) assert.match((await guest.get(path)).text, /Bug It broke/, path)
    assert.match((await guest.get(`/forum/3/?prefix=${bug}`)).text, /It broke/)
    const narrowed = await guest.get(`/forum/3/?prefix=${idea}`)
    assert.doesNotMatch(narrowed.text, /It broke/)
    assert.match((await guest.get('/forum/3/?prefix=99999')).text, /It broke/)

    const broken = await db.selectFrom('topics').selectAll().where('title', '=', 'It broke').executeTakeFirstOrThrow()
    const edit = `/post/${broken.first_post_id}/edit`
    await bea.get(edit)
    const other = await bea.press('Save', { Prefix: 'Idea' })
    assert.match(other.text, /Idea It broke/, 'its author chooses again')
    const stale = await bea.get(edit)
    assert.equal((await bea.press('Save', { Prefix: '' })).status, 422, 'one is required')
    await bea.get(edit)
    await bea.press('Save', { Prefix: 'Bug' })
    const saved = await stale.form('Save').fill({ body: 'All of it, and more' }).submit('Save')
    assert.match(saved.text, /Bug It broke/, 'what another tab chose stays')

    await bea.post('/drafts/typed', {
      place: 'forum:3',
      title: 'Typed',
      prefix: String(idea),
      body: 'x',
      format: 'markdown',
    })
    const typed = await bea.get('/forum/3/new-topic')
    assert.ok(typed.html.includes(encodeURIComponent(`"title":"Typed","prefix":${idea},`)))
    const anna = forum.asGuest()
    await anna.get('/forum/3/new-topic')
    await anna.press('sign in now', { title: 'Carried', body: 'Along', Prefix: 'Bug' })
    const { email, password } = await forum.member('Anna')
    const carried = await anna.press('Sign In', { login: email, password })
    assert.deepEqual(
      [carried.form('Submit Topic').value('title'), carried.form('Submit Topic').value('prefix')],
      ['Carried', String(bug)],
    )

    const menu = await admin.get(topic.url)
    assert.ok(menu.has('[value=set_prefix]'))
    assert.ok(!(await bea.get(topic.url)).has('[value=set_prefix]'))
    const asked = await admin.press('Set prefix')
    assert.match(asked.text, /Set the prefix of this topic[\s\S]*Idea\s+Bug/)
    await admin.press('Set prefix', { prefix: String(idea) })
    assert.match((await guest.get(`/forum/3/?prefix=${idea}`)).text, /Idea It broke/)
    await admin.get('/modcp/log/')
    await admin.press('Undo')
    assert.match((await guest.get('/forum/3/')).text, /Bug It broke/)

    await admin.post('/admin/forums/4/prefixes', { name: 'Secret', colour: 'plain' })
    const { id: secret } = await db
      .selectFrom('prefixes')
      .select('id')
      .where('forum_id', '=', 4)
      .executeTakeFirstOrThrow()
    await db.updateTable('topics').set({ prefix_id: secret }).where('id', '=', broken.id).execute()
    for (const path of ['/', '/forum/3/', topic.url])
      assert.doesNotMatch((await bea.get(path)).text, /Secret/, 'a topic that was moved tells nothing of where it was')
    await bea.get(edit)
    await bea.press('Save', { body: 'Moved' })
    await db
      .updateTable('topics')
      .set({ prefix_id: bug ?? null })
      .where('id', '=', broken.id)
      .execute()

    await admin.post(`/admin/forums/3/prefixes/${bug}/remove`)
    assert.doesNotMatch((await guest.get('/forum/3/')).text, /Bug/)
    assert.equal((await guest.get(topic.url)).status, 200)
  },
)
