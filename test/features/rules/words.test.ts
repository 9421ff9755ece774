import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../../support/index.ts'
import { makeForums, makeReply, makeTopic, postRow, textBy } from '../posts/world.ts'

forumOnBothDatabases(
  'readers see other words in the place of some, writers and the database have their own',
  async forum => {
    const { db } = forum
    const [here = 0] = await makeForums(db, 1)
    const { id: bea } = await forum.member('Bea')
    const { topicId } = await makeTopic(db, here, bea, 'The darnqz owls')
    const html =
      '<p>Oh DÀRNQZ &amp; xdarnqz, <strong>darnqz</strong> <a href="https://darnqz.example/" rel="ugc">darnqz</a> ' +
      'AT&amp;TQZ <code>darnqz</code></p><pre><code>darnqz</code></pre>'
    const text = { ...textBy(bea), html, text: 'Oh darnqz' }
    const { id } = await makeReply(db, topicId, bea, text)

    const [guest, member] = [forum.asGuest(), await forum.asMember('Bea')]
    for (const visitor of [guest, member]) {
      assert.match((await visitor.get(`/topic/${topicId}/`)).text, /Oh DÀRNQZ/)
      assert.equal((await visitor.get('/admin/words')).status, 404)
      assert.equal((await visitor.post('/admin/words', { word: 'owls' })).status, 404)
    }
    const admin = await forum.asAdmin()
    await admin.get('/admin/words')
    assert.equal((await admin.press('Add', { word: ' * ' })).status, 422)
    await admin.press('Add', { word: 'darnqz', replacement: 'd<b>' })
    await admin.press('Add', { word: 'AT&TQZ' })
    await admin.press('Add', { word: 'heldqz*', how: 'hold' })
    const tried = await admin.press('Try', { sentence: 'A Darnqz heldqzes' })
    assert.match(tried.text, /A d<b> heldqzes It would wait for approval/)

    for (const visitor of [guest, member]) {
      const page = await visitor.get(`/topic/${topicId}/`)
      assert.equal(page.h1, 'The d<b> owls')
      assert.match(page.text, /Oh d<b> & xdarnqz, d<b> d<b> \*\*\* darnqz/)
      assert.ok(page.has('a[href="https://darnqz.example/"]') && page.has('pre code'))
      for (const path of ['/', `/forum/${here}/`]) assert.match((await visitor.get(path)).text, /The d<b> owls/)
    }
    assert.match((await member.get(`/post/${id}/edit`)).form('Save').value('body'), /DÀRNQZ/)
    assert.equal((await postRow(db, id)).html, html)

    await member.post(`/topic/${topicId}/reply`, { body: 'It is heldqzed', format: 'markdown' })
    assert.doesNotMatch(member.page.text, /Rule/)
    const moderator = await forum.asMember('Minos', { group: 'Moderators' })
    assert.match((await moderator.get('/modcp/queue/')).text, /Rule: words held for approval/)

    for (const word of await db.selectFrom('words').select('id').execute())
      await admin.post(`/admin/words/${word.id}/remove`)
    assert.match((await guest.get(`/topic/${topicId}/`)).text, /Oh DÀRNQZ/)
    assert.match((await admin.get('/admin/log?room=words')).text, /“darnqz” is shown as “d<b>”/)
  },
)
