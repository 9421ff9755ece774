import assert from 'node:assert/strict'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { makeReply, makeTopic } from '../posts/world.ts'

const day = 24 * 60 * 60_000

/** So many days go by for whoever asked to leave. */
async function wait({ db, runJobs }: TestForum, days: number): Promise<void> {
  await db
    .updateTable('members')
    .set(eb => ({ leaving_at: eb('leaving_at', '-', days * day) }))
    .where('leaving_at', 'is not', null)
    .execute()
  await db.insertInto('jobs').values({ name: 'privacy.leave', payload: 'null', created_at: 1, run_at: 1 }).execute()
  await runJobs()
}

async function leave(visitor: Visitor, posts: string, password: string) {
  await visitor.get('/account/delete/')
  return visitor.press('Delete my account', { posts, password })
}

async function memberRow({ db }: TestForum, id: number) {
  return db.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** The tables in which the word still stands. */
async function traces({ db }: TestForum, word: string): Promise<string[]> {
  const found: string[] = []
  for (const { name } of await db.introspection.getTables()) {
    const rows = await db
      .selectFrom(name as 'posts')
      .selectAll()
      .execute()
    if (JSON.stringify(rows).toLowerCase().includes(word.toLowerCase())) found.push(name)
  }
  return found
}

forumOnBothDatabases(
  'Who deletes the account is signed out everywhere, and signing in takes it back',
  async forum => {
    const guest = forum.asGuest()
    assert.match((await guest.get('/account/delete/')).url, /^\/login\//)
    assert.equal((await guest.post('/account/delete/', { posts: 'keep', password: 'x' })).status, 403)
    const person = await forum.member('Bea')
    const [bea, phone] = [await forum.asMember('Bea'), await forum.asMember('Bea')]
    const wrong = await leave(bea, 'keep', 'not it')
    assert.equal(wrong.status, 422)
    assert.match(wrong.text, /That is not your password/)
    assert.equal((await bea.post('/account/delete/', { password: person.password })).status, 422)
    assert.match((await leave(bea, 'remove', person.password)).text, /will be deleted in 14 days; sign in before then/)
    for (const browser of [bea, phone]) assert.match((await browser.get('/account/')).url, /^\/login\//)
    assert.equal((await guest.get(`/profile/${person.id}/`)).status, 200)
    const [notice] = (await forum.mails(person.email)).slice(-1)
    assert.match(notice?.subject ?? '', /will be deleted/)
    assert.match(notice?.text ?? '', /Your posts are erased with it/)
    assert.match(notice?.link(/login/) ?? '', /\/login\/$/)

    await wait(forum, 13)
    const wrongly = forum.asGuest()
    await wrongly.get('/login/')
    await wrongly.page.form('main input[type=password]').fill({ login: 'Bea', password: 'guess' }).submit()
    assert.notEqual((await memberRow(forum, person.id)).leaving_at, null)
    await forum.signIn(phone, person)
    assert.match(phone.page.text, /Your account stays/)
    const row = await memberRow(forum, person.id)
    assert.deepEqual([row.leaving_at, row.leaving_posts], [null, null])
    assert.match((await forum.mails(person.email)).at(-1)?.subject ?? '', /your account stays/)
    await wait(forum, 30)
    assert.equal((await memberRow(forum, person.id)).deleted_at, null)
  },
  { mail: true },
)

forumOnBothDatabases(
  'When the days are over the account is gone, and nothing names whose it was',
  async forum => {
    const { db } = forum
    const [person, other] = [await forum.member('Beatrix Quill'), await forum.member('Carl')]
    const bea = await forum.asMember('Beatrix Quill')
    await bea.post('/account/data/')
    await db
      .insertInto('moderators')
      .values({ member_id: person.id, group_id: null, forum_id: 0, acts: '["*"]' })
      .execute()
    const { topicId, postId } = await makeTopic(db, 2, person.id, 'What I know')
    const quote = `<blockquote class="quote" data-post="${postId}"><p><a href="/post/${postId}">Beatrix Quill wrote:</a></p><p>Words</p></blockquote>`
    const html = `${quote}<p>Thanks <a class="mention" href="/profile/${person.id}">@Beatrix Quill</a>!</p>`
    const answer = await makeReply(db, topicId, other.id, { html, text: 'Thanks @Beatrix Quill!', quotes: [postId] })
    const draft = {
      member_id: other.id,
      forum_id: 2,
      topic_id: topicId,
      title: null,
      format: 'markdown' as const,
      place: null,
    }
    const body = `> [Beatrix Quill wrote:](/post/${postId})\n>\n> Words\n\nYes.`
    await db
      .insertInto('drafts')
      .values({ ...draft, body, reason: null, created_at: 1 })
      .execute()
    await db
      .insertInto('drafts')
      .values({ ...draft, member_id: person.id, body: 'Mine', reason: null, created_at: 1 })
      .execute()
    await forum.runJobs()
    await leave(bea, 'keep', person.password)
    await wait(forum, 15)

    const row = await memberRow(forum, person.id)
    assert.equal(row.email, '')
    assert.notEqual(row.deleted_at, null)
    const left = (await forum.mails(person.email)).at(-1)
    assert.match(left?.subject ?? '', /your account is deleted/)
    await db.updateTable('farewells').set({ created_at: 1 }).execute()
    await db.insertInto('jobs').values({ name: 'privacy.purge', payload: 'null', created_at: 1, run_at: 1 }).execute()
    await forum.runJobs()
    assert.deepEqual(await traces(forum, 'quill'), [])
    assert.deepEqual(await traces(forum, person.email), [])
    for (const table of ['sessions', 'exports', 'moderators'] as const)
      assert.equal(
        (await db.selectFrom(table).selectAll().where('member_id', '=', person.id).execute()).length,
        0,
        table,
      )
    assert.deepEqual(
      (await db.selectFrom('drafts').select('member_id').execute()).map(one => one.member_id),
      [other.id],
    )

    const guest = forum.asGuest()
    const page = await guest.get(`/topic/${topicId}/`)
    assert.match(page.text, /Deleted.member/)
    assert.match(page.text, /Words/)
    assert.ok(!page.has(`a[href^="/profile/${person.id}"]`))
    assert.match((await guest.get(`/post/${answer.id}`)).text, /Thanks @Deleted member!/)
    assert.equal((await guest.get(`/profile/${person.id}/`)).status, 410)
    for (const login of [
      person.email,
      'Beatrix Quill',
      'Deleted member',
      `#Deleted-${person.id}`,
      `#deleted-${person.id}`,
    ]) {
      await guest.get('/login/')
      await guest.page.form('main input[type=password]').fill({ login, password: person.password }).submit()
      assert.ok(guest.page.has('main input[type=password]'), login)
    }
    const ada = await forum.asAdmin()
    await ada.get('/admin/members?q=Deleted')
    assert.match(ada.page.text, /Account deleted/)
    await ada.get(`/admin/members/${person.id}`)
    assert.match(ada.page.text, /This account was deleted/)
    for (const path of ['group', 'export', 'delete', 'link'])
      assert.equal(
        (
          await ada.post(`/admin/members/${person.id}/${path}`, {
            group: '2',
            password: 'x',
            posts: 'keep',
            when: 'now',
          })
        ).status,
        404,
        path,
      )
    const again = await forum.member('Beatrix Quill Again')
    assert.ok(again.id > person.id)
  },
  { mail: true },
)

forumOnBothDatabases('The last administrator cannot leave, and of two at once one stays', async forum => {
  const bea = await forum.member('Bea', { group: 'Administrators' })
  const [first, second] = [await forum.asAdmin(), await forum.asMember('Bea')]
  await first.get('/account/delete/')
  await second.get('/account/delete/')
  const pages = await Promise.all([
    first.press('Delete my account', { posts: 'keep', password: forum.admin.password }),
    second.press('Delete my account', { posts: 'keep', password: bea.password }),
  ])
  assert.deepEqual(pages.map(({ status }) => status).sort(), [200, 422])
  assert.match(pages.find(({ status }) => status === 422)?.text ?? '', /the only administrator/)
  const stayed = pages[0]?.status === 422 ? first : second
  const person = pages[0]?.status === 422 ? forum.admin : bea
  await stayed.get(`/admin/members/${person.id}`)
  assert.equal((await stayed.press('Change group', { Group: 'Members' })).status, 422)
})

forumOnBothDatabases(
  'Nobody has a stranger mailed by leaving and coming back with an address that is not theirs',
  async forum => {
    const eve = { name: 'Eve', email: 'stranger@example.org', password: 'seven walruses in the attic' }
    const visitor = forum.asGuest()
    await visitor.get('/register/')
    await visitor.press('Register', { ...eve, terms: '1' })
    const [proof, ...others] = await forum.mails(eve.email)
    assert.match(proof?.subject ?? '', /Confirm your email address/)
    assert.deepEqual(others, [])
    await visitor.post('/account/data/')
    await leave(visitor, 'keep', eve.password)
    await forum.signIn(visitor, { ...eve, id: 0 })
    assert.match(visitor.page.text, /Your account stays/)
    await leave(visitor, 'keep', eve.password)
    assert.equal((await forum.mails(eve.email)).length, 1)
    await wait(forum, 15)
    assert.equal((await forum.mails(eve.email)).length, 1)
    assert.deepEqual(await traces(forum, eve.email), [])
  },
  { mail: true },
)
