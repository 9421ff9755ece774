import assert from 'node:assert/strict'
import { insertAppointment } from '../../../src/features/groups/index.ts'
import { updateMember } from '../../../src/features/members/index.ts'
import { changeTopicState } from '../../../src/features/posts/index.ts'
import { inTransaction } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { itsForum, reply, startTopic } from '../claims/guests.ts'
import { setVerb } from './world.ts'

type Suggested = { id: number; name: string; initial: string; colour: number; here: boolean }

async function ask({ agent }: Visitor, place: string, q: string) {
  const { status, body } = await agent.get('/compose/members').query({ place, q })
  return { status, members: body.members as Suggested[] }
}

async function namesFor(visitor: Visitor, place: string, q: string): Promise<string[]> {
  return (await ask(visitor, place, q)).members.map(({ name }) => name)
}

async function change(forum: TestForum, name: string, values: Parameters<typeof updateMember>[2]): Promise<void> {
  const { id } = await forum.member(name)
  await inTransaction(forum.db, tx => updateMember(tx, id, values))
}

forumOnBothDatabases(
  'nobody is suggested who may not read what is written, nor to whom may not read it',
  async forum => {
    const guest = forum.asGuest()
    const bea = await forum.asMember('Bea')
    const admin = await forum.asAdmin()
    await forum.member('Bertha', { group: 'Administrators' })
    const forumId = await itsForum(forum.db)
    const place = 'topic:1'
    await reply(bea, 'Here I am')
    assert.deepEqual(await namesFor(admin, place, 'be'), ['Bea', 'Bertha'])

    for (const group of ['Guests', 'Members']) await setVerb(forum.db, forumId, group, 'read', false)
    for (const outsider of [guest, bea]) {
      for (const closed of [place, `forum:${forumId}`, 'post:1'])
        assert.deepEqual(await ask(outsider, closed, 'be'), { status: 404, members: [] })
    }
    for (const open of [place, `forum:${forumId}`, 'post:1'])
      assert.deepEqual(await namesFor(admin, open, 'be'), ['Bertha'])

    for (const group of ['Guests', 'Members']) await setVerb(forum.db, forumId, group, 'read', true)
    await inTransaction(forum.db, tx => changeTopicState(tx, 1, { hidden_at: Date.now() }))
    assert.equal((await ask(bea, place, 'be')).status, 404)
    assert.deepEqual(await namesFor(admin, place, 'be'), ['Bertha'])
    const { id } = await forum.member('Bea')
    const appointment = { member_id: id, group_id: null, forum_id: forumId, acts: '["hide"]' }
    await inTransaction(forum.db, tx => insertAppointment(tx, appointment))
    assert.deepEqual(await namesFor(admin, place, 'be'), ['Bea', 'Bertha'])
  },
)

forumOnBothDatabases('members are suggested by the beginning of a name, those of the topic first', async forum => {
  const carl = await forum.asMember('Carl')
  await reply(carl, 'A word')
  for (const name of ['Cara', 'Carol Corn', 'Dora', 'Céline', '100 Percent']) await forum.member(name)
  const dora = await forum.asMember('Dora')
  assert.deepEqual(await namesFor(dora, 'topic:1', 'ca'), ['Carl', 'Cara', 'Carol Corn'])
  assert.deepEqual(await namesFor(dora, 'topic:1', 'CAROL c'), ['Carol Corn'])
  assert.deepEqual(await namesFor(dora, 'topic:1', 'carol cor'), ['Carol Corn'])
  assert.deepEqual(await namesFor(dora, 'topic:1', 'cé'), ['Céline'])
  assert.deepEqual(await namesFor(dora, 'topic:1', 'dor'), [])
  assert.deepEqual(await namesFor(carl, 'forum:4', 'do'), ['Dora'])
  for (const none of ['%', 'c%', 'c%r', '_', '\\', 'zz']) {
    const { status, members } = await ask(dora, 'topic:1', none)
    assert.deepEqual([status, members.map(({ name }) => name)], [200, []], none)
  }
  const [first] = (await ask(dora, 'topic:1', 'carl')).members
  const { id, email } = await forum.member('Carl')
  assert.deepEqual(Object.keys(first ?? {}).sort(), ['colour', 'here', 'id', 'initial', 'name'])
  assert.deepEqual([first?.id, first?.initial, first?.here], [id, 'C', true])
  assert.ok(!JSON.stringify(await ask(dora, 'topic:1', email.slice(0, 6))).includes('@'))

  const now = Date.now()
  await change(forum, 'Cara', { pending_at: now })
  await change(forum, 'Carol Corn', { leaving_at: now })
  assert.deepEqual(await namesFor(dora, 'topic:1', 'ca'), ['Carl'])
  await change(forum, 'Carl', { deleted_at: now })
  assert.deepEqual(await namesFor(dora, 'topic:1', 'ca'), [])
})

forumOnBothDatabases(
  'guests are offered who wrote there, within limits, and a mention outlasts the name',
  async forum => {
    const guest = forum.asGuest()
    const carl = await forum.asMember('Carl')
    const bea = await forum.asMember('Bea')
    await forum.member('Cara')
    assert.deepEqual(await namesFor(guest, 'topic:1', 'ca'), [])
    await reply(carl, 'A word')
    assert.deepEqual(await namesFor(guest, 'topic:1', 'ca'), ['Carl'])
    assert.deepEqual(await namesFor(guest, 'forum:4', 'ca'), [])
    for (const [place, q, status] of [
      ['topic:1', '', 422],
      ['topic:1', 'x'.repeat(81), 422],
      ['topic:99', 'ca', 404],
      ['topic:9999999999', 'ca', 404],
      ['topic:0', 'ca', 404],
      ['page:1', 'ca', 404],
    ] as const)
      assert.equal((await ask(guest, place, q)).status, status, `${place} ${q.length}`)
    assert.equal((await guest.agent.get('/compose/members')).status, 422)

    const { id } = await forum.member('Carl')
    const posted = await startTopic(bea, 4, 'For Carl', `Ask @[Carl](/profile/${id})`)
    await change(forum, 'Carl', { name: 'Carl the Great', name_key: 'carlthegreat' })
    const mention = posted.link('@Carl')
    assert.match((await guest.get(mention)).texts('h1').join(), /Carl the Great/)
    await bea.get(posted.url)
    await bea.click('Edit')
    await bea.press('Save', { body: `${bea.page.form('Save').value('body')}!` })
    assert.deepEqual(bea.page.texts('.prose a.mention'), ['@Carl the Great'])

    const statuses = await Promise.all(
      Array.from({ length: 160 }, async () => (await ask(bea, 'topic:1', 'ca')).status),
    )
    assert.ok(statuses.includes(200) && statuses.includes(429))
    assert.equal((await ask(guest, 'topic:1', 'ca')).status, 200)
  },
)
