import assert from 'node:assert/strict'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { makeMember, makeReply, makeTopic } from '../posts/world.ts'
import { readingRoom } from './reading-room.ts'
import { closeForum, letGroup, makeCategory, makeForum, withdrawTopic } from './world.ts'

onBothDatabases('A guest finds from the index to a topic', async ({ db, t }) => {
  const category = await makeCategory(db, 'Growing')
  const forum = await makeForum(db, 'Houseplants', category)
  await makeForum(db, 'Succulents', forum)
  const { postId } = await makeTopic(db, forum, await makeMember(db, 'Ann'), 'Ivy')
  const guest = (await readingRoom(t, db)).visit()

  const index = await guest.get('/')
  assert.match(index.text, /Growing\nHouseplants/)
  assert.match(index.text, /Newest member: Ann/)
  assert.equal(index.title, 'Stoa')
  assert.ok(!index.has('form[action="/mark-read"]'))
  assert.equal(index.link('Growing'), `/forum/${category}-growing/`)
  assert.equal((await guest.click('Growing')).h1, 'Growing')
  const page = await guest.click('Houseplants')
  assert.equal(page.link('Succulents'), `/forum/${forum + 1}-succulents/`)
  assert.ok(page.has('h2.row-title') && !page.has('.dot'))
  assert.match(page.html, /<meta name="description" content="Topics in Houseplants">/)
  assert.equal((await guest.click('Ivy')).h1, 'Ivy')
  await guest.get('/')
  assert.match((await guest.click('.last-title')).url, new RegExp(`#post-${postId}$`))
})

onBothDatabases('An empty forum invites those who may start a topic', async ({ db, t }) => {
  const open = await makeForum(db, 'Open')
  const closed = await makeForum(db, 'Closed')
  await db.updateTable('forums').set({ guest_posting: 'none' }).where('id', '=', closed).execute()
  const guest = (await readingRoom(t, db)).visit()
  await guest.get(`/forum/${open}-open/`)
  assert.match(guest.page.text, /Nothing here yet. Start the first topic./)
  assert.equal(guest.page.link('Start new topic'), `/forum/${open}-open/new-topic`)
  const page = await guest.get(`/forum/${closed}-closed/`)
  assert.doesNotMatch(page.text, /Start/)
  assert.match(page.text, /Nothing here yet/)
})

onBothDatabases('The page of a forum keeps its order and filter, and says so to search engines', async ({ db, t }) => {
  const forum = await makeForum(db, 'Plants')
  for (let n = 0; n < 6; n++) await makeTopic(db, forum, null, `T${n}`)
  await inTransaction(db, tx => writeSettings(tx, { topics_per_page: 5 }))
  const guest = (await readingRoom(t, db)).visit()
  const path = `/forum/${forum}-plants/`

  const sorted = await guest.get(`${path}?sort=views&filter=unanswered`)
  assert.match(sorted.html, /<meta name="robots" content="noindex">/)
  assert.equal((await guest.click('Next')).url, `${path}?sort=views&filter=unanswered&page=2`)
  assert.equal((await guest.get(`${path}?page=9&sort=newest`)).url, `${path}?sort=newest&page=2`)
  const second = await guest.get(`${path}?page=2`)
  assert.doesNotMatch(second.html, /noindex/)
  assert.match(second.html, /rel="canonical" href="[^"]*\/\?page=2"/)
  assert.equal(second.title, 'Plants - Page 2 - Stoa')
  assert.match((await guest.get(`${path}?filter=locked`)).text, /No topic here is of that kind/)
  for (const odd of ['sort=nonsense', 'filter=mine', 'sort=views&sort=last', '?page=2', 'sort[]=views']) {
    const page = await guest.get(`${path}?${odd}`)
    assert.deepEqual([page.status, /noindex/.test(page.html), page.has('.here')], [200, false, true], odd)
    assert.match(page.text, /T5/)
  }
  for (const number of ['0', '-1', 'abc', '1e400', '99999999999999999999', ''])
    assert.equal((await guest.get(`${path}?page=${number}`)).status, 404, number)
  const { status, headers } = await guest.agent.get(`/forum/${forum}-old?page=2`).redirects(0)
  assert.deepEqual([status, headers.location, headers['cache-control']], [301, `${path}?page=2`, 'no-cache'])
})

onBothDatabases('An odd query never puts one page of a forum in the place of another', async ({ db, t }) => {
  const forum = await makeForum(db, 'Plants')
  for (let n = 0; n < 6; n++) await makeTopic(db, forum, null, `T${n}`)
  await inTransaction(db, tx => writeSettings(tx, { topics_per_page: 5 }))
  const guest = (await readingRoom(t, db)).visit()
  const path = `/forum/${forum}-plants/`
  for (const odd of ['?page=2', `${'a&'.repeat(1200)}page=2`, 'page=1&page=2']) await guest.get(`${path}?${odd}`)
  assert.doesNotMatch((await guest.get(`${path}?page=2`)).text, /T5/)
  for (const odd of ['?sort=views', `${'a&'.repeat(1200)}filter=locked`, 'sort=last&sort=views'])
    await guest.get(`${path}?${odd}`)
  assert.match((await guest.get(`${path}?filter=locked`)).text, /No topic here/)
})

onBothDatabases('A member marks a forum or everything as read', async ({ db, t }) => {
  const forum = await makeForum(db, 'Plants')
  await makeTopic(db, forum, null, 'Ivy')
  const ann = await makeMember(db, 'Ann')
  await db.updateTable('members').set({ read_all_at: 1 }).where('id', '=', ann).execute()
  const { visit } = await readingRoom(t, db)
  const member = visit(ann)
  assert.ok((await member.get('/')).has('.row.new'))
  await member.get(`/forum/${forum}-plants/`)
  assert.equal(member.page.link('First unread post of Ivy'), '/topic/1-ivy/?do=getNewComment')
  const read = await member.press('Mark forum read')
  assert.ok(!read.has('.row.new'))
  assert.match(read.text, /Everything in Plants is marked as read/)
  await makeReply(db, 1, null, { createdAt: Date.now() + 1 })
  assert.ok((await member.get('/')).has('.row.new'))
  await db.updateTable('posts').set({ created_at: 5 }).execute()
  await db.updateTable('topics').set({ last_post_at: 5 }).execute()
  await member.press('Mark all read')
  assert.ok(!member.page.has('.row.new'))
  const guest = visit(null)
  for (const path of ['/mark-read', `/forum/${forum}/mark-read`]) assert.equal((await guest.post(path)).status, 403)
})

onBothDatabases('Whoever may create something finds where, and nothing else', async ({ db, t }) => {
  const forum = await makeForum(db, 'Plants')
  const club = await makeForum(db, 'Club')
  const secret = await makeForum(db, 'Secret')
  const ann = await makeMember(db, 'Ann')
  await closeForum(db, secret)
  await db.updateTable('forums').set({ guest_posting: 'none' }).where('id', '=', club).execute()
  const { visit } = await readingRoom(t, db)
  const guest = visit(null)
  assert.equal((await guest.get('/')).link('Topic'), `/forum/${forum}-plants/new-topic`)
  const member = visit(ann)
  await member.get('/')
  const chooser = await member.click('Topic')
  assert.equal(chooser.link('Club'), `/forum/${club}-club/new-topic`)
  assert.match(chooser.html, /noindex/)
  assert.doesNotMatch(chooser.text, /Secret/)
  for (const id of [forum, club]) await letGroup(db, id, 'members', 'start', 0)
  assert.doesNotMatch((await member.get('/')).text, /Create New/)
  assert.equal((await member.get('/new-topic/')).status, 403)
})

onBothDatabases('An author sees an own topic that waits, with the reason', async ({ db, t }) => {
  const forum = await makeForum(db, 'Plants')
  const ann = await makeMember(db, 'Ann')
  const { topicId } = await makeTopic(db, forum, ann, 'Ivy')
  await withdrawTopic(db, topicId, 'pending')
  const { visit } = await readingRoom(t, db)
  const member = visit(ann)
  const page = await member.get(`/forum/${forum}-plants/`)
  assert.match(page.text, /Ivy\nAwaiting approval: Awaiting approval/)
  assert.doesNotMatch((await visit(null).get(`/forum/${forum}-plants/`)).text, /Ivy/)
})

onBothDatabases('Crawlers are told what to leave alone', async ({ db, t }) => {
  const guest = (await readingRoom(t, db)).visit()
  const { text, headers } = await guest.agent.get('/robots.txt')
  assert.match(headers['content-type'] ?? '', /^text\/plain/)
  for (const path of ['/admin', '/modcp', '/claim', '/account', '/new-topic'])
    assert.match(text, new RegExp(`${path}\n`))
})
