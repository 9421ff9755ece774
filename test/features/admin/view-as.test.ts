import assert from 'node:assert/strict'
import { addForum } from '../../../src/features/forums/index.ts'
import { inTransaction } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { makeTopic, setVerb } from '../posts/world.ts'

async function viewAs(forum: TestForum, admin: Visitor, fields: Record<string, string>) {
  return admin.post('/admin/view-as', { password: forum.admin.password, ...fields })
}

/** Everything that reading or writing could leave behind. */
async function traces({ db }: TestForum) {
  const tables = [
    'topic_reads',
    'forum_reads',
    'drafts',
    'follows',
    'claims',
    'posts',
    'topics',
    'attachments',
  ] as const
  const rows = await Promise.all(tables.map(table => db.selectFrom(table).selectAll().execute()))
  const members = await db.selectFrom('members').selectAll().where('name', '=', 'Bea').execute()
  return JSON.stringify([rows, members])
}

forumOnBothDatabases(
  'an administrator sees the forum with a member’s or a group’s eyes, changes nothing and finds nothing private',
  async forum => {
    const { db } = forum
    const bea = await forum.asMember('Bea')
    const hall = await inTransaction(db, tx =>
      addForum(tx, { kind: 'forum', parentId: 1, name: 'Staff hall', description: '', guestPosting: null }),
    )
    await setVerb(db, hall, 'Members', 'read', false)
    await setVerb(db, hall, 'Guests', 'read', false)
    const { topicId: secret } = await makeTopic(db, hall, 1, 'Wages')
    const beas = await db.selectFrom('members').select('id').where('name', '=', 'Bea').executeTakeFirstOrThrow()
    await bea.post('/drafts/typed', { place: 'topic:1', body: 'Privately', format: 'markdown' })
    const other = await makeTopic(db, 3, null, 'A question')
    await db.insertInto('follows').values({ member_id: beas.id, topic_id: 1, created_at: 5, mailed_at: 6 }).execute()
    const admin = await forum.asAdmin()
    assert.match((await admin.get('/')).text, /Staff hall/)

    const wrong = await admin.post('/admin/view-as', { who: 'member', member: 'Bea', password: 'Not that' })
    assert.equal(wrong.status, 422)
    for (const refused of [{ member: 'Nobody' }, { member: 'Ada' }])
      assert.match(String((await viewAs(forum, admin, { who: 'member', ...refused })).status), /422|403/)
    assert.equal((await viewAs(forum, admin, { who: 'group', group: '4' })).status, 422, 'not an administrator')

    const before = await traces(forum)
    const index = await viewAs(forum, admin, { who: 'member', member: 'Bea' })
    assert.match(index.text, /You see the forum as Bea sees it/)
    assert.doesNotMatch(index.text, /Staff hall|Wages/)
    const topic = await admin.get('/topic/1/')
    assert.match(topic.text, /Submit Reply/)
    assert.doesNotMatch(topic.html, /Privately/)
    assert.equal(topic.attribute('html', 'data-member'), '1')
    const { headers } = await admin.agent.get(`/topic/${other.topicId}-a-question/`)
    assert.equal(headers['cache-control'], 'no-store')
    for (const path of [`/forum/${hall}/`, `/topic/${secret}/`]) assert.equal((await admin.get(path)).status, 404, path)
    for (const path of [
      '/account/',
      '/drafts/',
      '/account/files/',
      '/admin/',
      '/admin/members',
      '/contact/',
      '/claims/',
    ])
      assert.equal((await admin.get(path)).status, 403, path)
    const posts = [
      '/topic/1/reply',
      '/mark-read',
      '/topic/1/follow',
      '/admin/settings/general',
      '/account/',
      '/nothing',
    ]
    for (const path of [...posts, '/notices/dismiss', '/drafts/typed', '/preferences/theme']) {
      const refused = await admin.post(path, { body: 'Typed', title: 'x', place: 'topic:1', format: 'markdown' })
      assert.equal(refused.status, 403, path)
      assert.match(refused.text, /You are viewing the forum as somebody else/)
    }
    await forum.app.close()
    assert.equal(await traces(forum), before, 'nothing was left behind')
    assert.match((await bea.get('/topic/1/')).html, /Privately/)

    assert.match((await admin.press('Stop viewing')).text, /as yourself again/)
    assert.match((await admin.get('/')).text, /Staff hall/)

    assert.equal((await admin.post('/view-as/stop')).status, 200, 'stopped in another tab')
    const asGuest = await viewAs(forum, admin, { who: 'group', group: '1' })
    assert.match(asGuest.text, /Sign In[\s\S]*as somebody in the group Guests/)
    const inGroup = await admin.press('Stop viewing').then(() => viewAs(forum, admin, { who: 'group', group: '3' }))
    assert.match(inGroup.text, /in the group Moderators/)
    assert.equal((await admin.get('/modcp/')).status, 200)
    const { data } = await db
      .selectFrom('sessions')
      .select('data')
      .where('data', 'like', '%viewAs%')
      .executeTakeFirstOrThrow()
    const stale = JSON.stringify({ ...JSON.parse(data), viewAs: { kind: 'group', id: 3, until: Date.now() - 1 } })
    await db.updateTable('sessions').set({ data: stale }).where('data', 'like', '%viewAs%').execute()
    const late = await admin.post('/topic/1/reply', { body: 'Too late', format: 'markdown' })
    assert.deepEqual([late.status, /is over/.test(late.text)], [403, true])
    assert.equal((await admin.get('/admin/')).status, 200)
    await viewAs(forum, admin, { who: 'member', member: 'Bea' })
    await admin.press('Sign Out')
    const log = await (await forum.asAdmin()).get('/admin/log')
    for (const said of [
      /Began to view the forum as Bea/,
      /Stopped viewing the forum as Bea/,
      /time for viewing the forum as the group Moderators was over/,
    ])
      assert.match(log.text, said)
  },
)
