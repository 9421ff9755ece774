import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../../support/index.ts'
import { makeReply, makeTopic } from '../posts/world.ts'

forumOnBothDatabases(
  'An administrator makes a file of what is stored about a member, who is told',
  async forum => {
    const person = await forum.member('Bea')
    const [ada, bea, mod] = [
      await forum.asAdmin(),
      await forum.asMember('Bea'),
      await forum.asMember('Mia', { group: 'Moderators' }),
    ]
    for (const visitor of [forum.asGuest(), bea, mod]) {
      assert.equal((await visitor.post(`/admin/members/${person.id}/export`)).status, 404)
      assert.equal((await visitor.post(`/admin/members/${person.id}/delete`)).status, 404)
      assert.equal((await visitor.get(`/admin/members/${person.id}/delete`)).status, 404)
    }
    await ada.get(`/admin/members/${person.id}`)
    await ada.press('Make a file of everything stored')
    assert.equal(ada.page.url, '/account/data/')
    await forum.runJobs()
    const path = (await ada.get('/account/data/')).link('Download')
    assert.match(ada.page.text, /Bea/)
    assert.equal((await ada.agent.get(path)).status, 200)
    assert.equal((await bea.get(path)).status, 404, 'it is not hers')
    assert.match((await forum.mails(person.email)).at(-1)?.subject ?? '', /your data was copied/)
    assert.match((await ada.get('/modcp/log/')).text, /Made a file of everything stored about Bea/)
    const other = await forum.member('Carl', { group: 'Administrators' })
    for (const path of ['export', 'delete'])
      assert.equal(
        (
          await ada.post(`/admin/members/${other.id}/${path}`, {
            password: forum.admin.password,
            posts: 'keep',
            when: 'now',
          })
        ).status,
        403,
      )
    await forum.db.updateTable('members').set({ group_id: 2 }).where('id', '=', forum.admin.id).execute()
    await forum.db
      .updateTable('revisions')
      .set(eb => ({ shell: eb('shell', '+', 1) }))
      .execute()
    assert.equal((await ada.get(path)).status, 404, 'no administrator any more')
  },
  { mail: true },
)

forumOnBothDatabases(
  'An administrator deletes an account, at once or with the days to take it back, and the member is told',
  async forum => {
    const [person, later] = [await forum.member('Bea'), await forum.member('Carl')]
    const [ada, bea] = [await forum.asAdmin(), await forum.asMember('Bea')]
    const { topicId } = await makeTopic(forum.db, 2, forum.admin.id, 'Talk')
    await makeReply(forum.db, topicId, person.id, { html: '<p>Gone soon</p>', text: 'Gone soon' })
    await ada.get(`/admin/members/${person.id}`)
    await ada.click('Delete the account…')
    const wrong = await ada.press('Delete the account', { password: 'no', posts: 'remove', when: 'now' })
    assert.equal(wrong.status, 422)
    assert.match(wrong.text, /That is not your password/)
    const done = await ada.press('Delete the account', { password: forum.admin.password, posts: 'remove', when: 'now' })
    assert.match(done.text, /The account of Bea is deleted\./)
    await forum.runJobs()
    assert.match((await bea.get('/account/')).url, /^\/login\//)
    assert.match(
      (await forum.mails(person.email)).at(-1)?.text ?? '',
      /an administrator of The Porch has deleted your account/,
    )
    assert.doesNotMatch((await forum.asGuest().get(`/topic/${topicId}/`)).html, /Gone soon/)
    assert.equal((await forum.asGuest().get(`/profile/${person.id}/`)).status, 410)

    await ada.get(`/admin/members/${later.id}/delete`)
    const begun = await ada.press('Delete the account', {
      password: forum.admin.password,
      posts: 'keep',
      when: 'later',
    })
    assert.match(begun.text, /The account of Carl will be deleted in 14 days\./)
    assert.match(begun.text, /about to be deleted/)
    assert.match(
      (await forum.mails(later.email)).at(-1)?.text ?? '',
      /an administrator of The Porch is deleting your account/,
    )
    const carl = forum.asGuest()
    await forum.signIn(carl, later)
    assert.match(carl.page.text, /Your account stays/)
    assert.match((await ada.get('/modcp/log/')).text, /Deleted the account of Deleted.member/)
    assert.equal((await ada.get(`/admin/members/${forum.admin.id}/delete`)).status, 403)
  },
  { mail: true },
)
