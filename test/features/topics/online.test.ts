import assert from 'node:assert/strict'
import { refreshOnline, refreshOnlineJob } from '../../../src/features/topics/index.ts'
import { enqueueDueSchedules } from '../../../src/platform/jobs/index.ts'
import { type Db, readRevisions } from '../../../src/platform/store/index.ts'
import { schedule } from '../../../src/work.ts'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'

const minute = 60_000

const names = (visitor: Visitor) => visitor.page.texts('#online li')

/** The comparison that comes again by itself has come again. */
async function compare(forum: TestForum): Promise<void> {
  await forum.db.updateTable('schedules').set({ next_run_at: 0 }).execute()
  const turns = schedule.filter(({ name }) => name === refreshOnlineJob)
  await enqueueDueSchedules(forum.db, turns)
  await forum.runJobs()
}

async function seen(db: Db, name: string, minutesAgo: number): Promise<void> {
  const last_seen_at = Date.now() - minutesAgo * minute
  await db.updateTable('members').set({ last_seen_at }).where('name', '=', name).execute()
}

forumOnBothDatabases('guests see who is online, a minute late at most, and nobody when nobody is', async forum => {
  const { db } = forum
  await db.updateTable('members').set({ last_seen_at: null }).execute()
  const guest = forum.asGuest()
  for (const round of [1, 2]) assert.doesNotMatch((await guest.get('/')).text, /online/, `${round}`)

  await forum.asMember('Bea')
  const cleo = await forum.asMember('Cleo')
  await seen(db, 'Bea', 5)
  await compare(forum)
  await guest.get('/')
  assert.match(guest.page.text, /Who is online\n2 members online/)
  assert.deepEqual(names(guest), ['Cleo', 'Bea'])
  await guest.click('#online a')
  assert.equal(guest.page.h1, 'Cleo')

  await seen(db, 'Bea', 16)
  await compare(forum)
  await guest.get('/')
  assert.match(guest.page.text, /One member online/)
  assert.deepEqual(names(guest), ['Cleo'])
  await cleo.get('/')
  assert.deepEqual(names(cleo), ['Cleo'])
})

forumOnBothDatabases('an account that has still to prove its address is no name for the front page', async forum => {
  await forum.asMember('Buy pills')
  await forum.asMember('Bea')
  const prove = (at: number | null) =>
    forum.db
      .updateTable('members')
      .set({ email_demanded_at: 1, email_verified_at: at })
      .where('name', '=', 'Buy pills')
      .execute()
  await prove(null)
  const guest = forum.asGuest()
  await guest.get('/')
  assert.deepEqual(names(guest), ['Bea'])
  await prove(2)
  await compare(forum)
  await guest.get('/')
  assert.deepEqual(names(guest), ['Bea', 'Buy pills'])
})

forumOnBothDatabases('whoever hides is seen by nobody from then on, until they show themselves again', async forum => {
  const guest = forum.asGuest()
  const bea = await forum.asMember('Bea')
  const admin = await forum.asAdmin()
  for (const _round of [1, 2]) await guest.get('/')
  assert.deepEqual(names(guest).sort(), ['Ada', 'Bea'])
  await bea.get('/account/')
  assert.equal(bea.page.form('Save').isTicked('Show when I am online'), true)
  await bea.press('Save', { 'Show when I am online': false })
  assert.equal(bea.page.form('Save').isTicked('Show when I am online'), false)
  for (const visitor of [guest, bea, admin]) {
    await visitor.get('/')
    assert.deepEqual(names(visitor), ['Ada'])
  }
  await bea.post('/preferences/theme', { theme: 'dark' })
  await bea.get('/account/')
  await bea.press('Save', { 'Show when I am online': true })
  await guest.get('/')
  assert.deepEqual(names(guest).sort(), ['Ada', 'Bea'])
})

forumOnBothDatabases('of many who are online fifty are named, and nothing is written while they stay', async forum => {
  const { db } = forum
  const now = Date.now()
  await db.updateTable('members').set({ last_seen_at: null }).execute()
  const members = Array.from({ length: 53 }, (_, n) => ({
    name: `Walker ${n}`,
    name_key: `walker${n}`,
    email: `w${n}@example.org`,
    email_key: `w${n}@example.org`,
    password_hash: '',
    group_id: 2,
    joined_at: 0,
    read_all_at: 0,
    last_seen_at: now - n * 1000,
  }))
  await db.insertInto('members').values(members).execute()
  const guest = forum.asGuest()
  await guest.get('/')
  assert.match(guest.page.text, /53 members online/)
  assert.deepEqual([names(guest).length, names(guest)[0], names(guest).at(-1)], [51, 'Walker 0', 'and 3 more'])

  await refreshOnline(db, now)
  const { online } = await readRevisions(db)
  await db.updateTable('members').set({ last_seen_at: now }).where('name', '=', 'Walker 52').execute()
  await refreshOnline(db, now + minute)
  assert.equal((await readRevisions(db)).online, online)
  await Promise.all([refreshOnline(db, now + 14.5 * minute), refreshOnline(db, now + 14.5 * minute)])
  assert.equal((await readRevisions(db)).online, online + 1)
})
