import assert from 'node:assert/strict'
import { type Filling, forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'

const text = 'First line\n\n  **second** & "quoted"'

/** Presses a button of the page they are on in a browser that was signed out in another tab meanwhile. */
async function pressSignedOut(forum: TestForum, visitor: Visitor, button: string, typed: Record<string, Filling>) {
  const form = visitor.page.form(button).fill(typed)
  const elsewhere = forum.asGuest()
  elsewhere.setCookie('stoa_session', visitor.cookie('stoa_session') ?? '')
  await elsewhere.post('/logout/')
  return form.submit(button)
}

forumOnBothDatabases('whoever was signed out while writing signs in and finds the text in its form', async forum => {
  const { topic_id } = await forum.db.selectFrom('posts').select('topic_id').executeTakeFirstOrThrow()
  const forms: [path: string, button: string, typed: Record<string, Filling>][] = [
    [`/topic/${topic_id}/reply`, 'Submit Reply', { body: text }],
    ['/forum/2/new-topic', 'Submit Topic', { title: 'A title', body: text }],
  ]
  const bea = await forum.member('Bea')
  for (const [path, button, typed] of forms) {
    const visitor = await forum.asMember('Bea')
    await visitor.get(path)
    const ended = await pressSignedOut(forum, visitor, button, typed)
    assert.equal(ended.status, 403, path)
    const back = await visitor.press('Sign In', { login: bea.name, password: bea.password })
    for (const [name, value] of Object.entries(typed)) assert.equal(back.form(button).value(name), value, path)
    assert.match((await visitor.press(button)).text, /First line/)
  }
  const written = await forum.db.selectFrom('posts').select('id').where('member_id', '=', bea.id).execute()
  assert.equal(written.length, 2)
})

forumOnBothDatabases('an edit finds its way back as well', async forum => {
  const visitor = await forum.asMember('Bea')
  await visitor.get('/topic/1/')
  await visitor.press('Submit Reply', { body: 'As it was' })
  await visitor.click('Edit')
  const path = visitor.page.url
  await pressSignedOut(forum, visitor, 'Save', { body: text })
  const { name, password } = await forum.member('Bea')
  const back = await visitor.press('Sign In', { login: name, password })
  assert.equal(back.url, path)
  assert.equal(back.form('Save').value('body'), text)
})
