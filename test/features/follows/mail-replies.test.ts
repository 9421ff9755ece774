import assert from 'node:assert/strict'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { newcomer, startTopic } from '../claims/guests.ts'

async function say(visitor: Visitor, topicId: number, body: string): Promise<void> {
  await visitor.get(`/topic/${topicId}/`)
  await visitor.press('Submit Reply', { body })
}

const mailsTo = async (forum: TestForum, name: string) => forum.mails(`${name}@example.org`)

forumOnBothDatabases(
  'whoever asks for it gets one mail about replies until their next visit, and one click ends it',
  async forum => {
    const outsider = await forum.asGuest().get('/topic/1/')
    assert.ok(!outsider.has('form[action$="mail-replies"]'))
    const [bea, carl] = [await forum.asMember('Bea'), await forum.asMember('Carl')]
    await bea.get('/topic/1/')
    const on = await bea.press('Mail me replies')
    assert.match(on.text, /The next reply is mailed to you/)
    await say(bea, 1, 'My own words')
    assert.deepEqual(await mailsTo(forum, 'bea'), [])

    await say(carl, 1, 'Here is the answer')
    await say(carl, 1, 'And one more thing')
    const [mail, ...more] = await mailsTo(forum, 'bea')
    assert.match(mail?.text ?? '', /Carl replied[\s\S]*Here is the answer/)
    assert.equal(more.length, 0)
    await bea.get(new URL(mail?.link(/\/post\//) ?? '').pathname)
    await say(carl, 1, 'A third one')
    assert.equal((await mailsTo(forum, 'bea')).length, 2)

    const [, second] = await mailsTo(forum, 'bea')
    const stop = new URL(/<([^>]+)>/.exec(second?.headers['list-unsubscribe'] ?? '')?.[1] ?? '').pathname
    await forum.asGuest().get(stop)
    assert.match((await bea.get('/account/replies')).text, /Stop mailing me replies/)
    assert.equal((await forum.asGuest().agent.post(stop).type('form').send('List-Unsubscribe=One-Click')).status, 200)
    assert.equal((await forum.asGuest().agent.post(stop).type('form').send('List-Unsubscribe=One-Click')).status, 200)
    assert.match((await bea.get('/account/replies')).text, /You get mail about no topic/)
    assert.equal((await forum.asGuest().get(`${stop.slice(0, -2)}xx`)).status, 404)
  },
  { mail: true },
)

forumOnBothDatabases(
  'nobody is mailed what they may not see: a reply that waits, that was hidden, or in a forum that was closed to them',
  async forum => {
    const [bea, carl] = [await forum.asMember('Bea'), await forum.asMember('Carl')]
    await bea.get('/topic/1/')
    await bea.press('Mail me replies')
    await say(carl, 1, 'Look at https://walrus.example')
    assert.deepEqual(await mailsTo(forum, 'bea'), [])
    const admin = await forum.asAdmin()
    await admin.get('/modcp/queue')
    await admin.press('Approve')
    const [mail] = await mailsTo(forum, 'bea')
    assert.match(mail?.text ?? '', /walrus\.example/)

    await bea.get('/topic/1/')
    await say(carl, 1, 'Hidden before anybody reads it')
    await forum.db.updateTable('posts').set({ hidden_at: 1 }).where('text', 'like', 'Hidden%').execute()
    assert.equal((await mailsTo(forum, 'bea')).length, 1)
    // What was hidden was no mail, so the next reply is still told.
    await say(carl, 1, 'The true answer')
    assert.match((await mailsTo(forum, 'bea'))[1]?.text ?? '', /The true answer/)
    await forum.db.insertInto('permissions').values({ forum_id: 2, group_id: 2, verb: 'read', allowed: 0 }).execute()
    await forum.db.updateTable('follows').set({ mailed_at: null }).execute()
    const { forum_id } = await forum.db.selectFrom('topics').select('forum_id').executeTakeFirstOrThrow()
    await forum.db.updateTable('permissions').set({ forum_id }).where('forum_id', '=', 2).execute()
    await forum.db
      .updateTable('revisions')
      .set(eb => ({ permissions: eb('permissions', '+', 1) }))
      .execute()
    await say(admin, 1, 'Only for the staff')
    assert.equal((await mailsTo(forum, 'bea')).length, 2)
    assert.match((await bea.get('/account/replies')).text, /A topic that you cannot see any more/)
  },
  { mail: true },
)

forumOnBothDatabases(
  'a guest who publishes with an account chooses to hear of replies, and hears of them by mail',
  async forum => {
    const guest = forum.asGuest()
    await startTopic(guest, 2, 'How do I feed a walrus?', 'It is hungry.')
    const page = await guest.press('Register and publish', { ...newcomer('Nora'), mail_replies: true })
    const topicId = Number(/\/topic\/(\d+)-/.exec(page.url)?.[1])
    await forum.db.updateTable('members').set({ email_verified_at: 1 }).where('name', '=', 'Nora').execute()
    await forum.db.updateTable('topics').set({ pending_at: null, pending_reason: null }).execute()
    await say(await forum.asAdmin(), topicId, 'With clams.')
    const mails = await mailsTo(forum, 'nora')
    assert.match(mails.at(-1)?.text ?? '', /With clams/)
  },
  { mail: true },
)
