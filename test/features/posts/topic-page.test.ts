import assert from 'node:assert/strict'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'
import { readingRoom } from '../topics/reading-room.ts'
import { appoint, closeForum, makeForum, states, withdrawPost, withdrawTopic } from '../topics/world.ts'
import { makeMember, makeReply, makeTopic } from './world.ts'

const pagesOf5 = (db: Db) => inTransaction(db, tx => writeSettings(tx, { posts_per_page: 5 }))

/** A topic by Ann with as many replies; their ids, the opening post's first. */
async function longTopic(db: Db, forumId: number, replies: number) {
  const ann = await makeMember(db, 'Ann')
  const { topicId, postId } = await makeTopic(db, forumId, ann, 'Jade plants')
  const ids = [postId]
  for (let n = 1; n <= replies; n++) {
    const words = { html: `<p>Words ${n}.</p>`, text: `Words ${n}.`, createdAt: Date.now() + n }
    ids.push((await makeReply(db, topicId, null, words)).id)
  }
  return { ann, topicId, ids, path: `/topic/${topicId}-jade-plants/` }
}

/** Not found; or not even an address. */
const isRefusal = (status: number) => status === 404 || status === 400

onBothDatabases('A guest reads a topic page by page', async ({ db, t }) => {
  const forum = await makeForum(db, 'Plants')
  const { path, ids } = await longTopic(db, forum, 6)
  await pagesOf5(db)
  const guest = (await readingRoom(t, db)).visit()

  const first = await guest.get(path)
  assert.equal(first.status, 200)
  assert.equal(first.h1, 'Jade plants')
  assert.ok(first.has(`article#post-${ids[0]} time`) && first.has(`article#post-${ids[4]}`))
  assert.ok(!first.has(`article#post-${ids[5]}`))
  assert.match(first.text, /Started by Ann/)
  assert.equal(first.link('Plants'), `/forum/${forum}-plants/`)
  assert.equal(first.link('Go to topic listing'), `/forum/${forum}-plants/`)
  assert.match(first.html, /<link rel="canonical" href="http:\/\/127\.0\.0\.1:\d+\/topic\/\d+-jade-plants\/">/)
  assert.match(first.html, /<meta name="description" content="Words">/)

  const second = await guest.click('Next')
  assert.ok(second.has(`article#post-${ids[6]}`) && !second.has(`article#post-${ids[4]}`))
  assert.match(second.html, /rel="canonical" href="[^"]*\/\?page=2"/)
  assert.equal(second.title, 'Jade plants - Page 2 - Stoa')
  assert.match(second.html, /Reply 6 by Somebody/)
  assert.equal((await guest.click('Link to comment')).url, `${path}?page=2#post-${ids[5]}`)
})

onBothDatabases('A wrong title leads to the right one and keeps the page', async ({ db, t }) => {
  const { topicId, path } = await longTopic(db, await makeForum(db, 'Plants'), 6)
  await pagesOf5(db)
  const guest = (await readingRoom(t, db)).visit()
  for (const address of [`/topic/${topicId}`, `/topic/${topicId}/`, `/topic/${topicId}-%c3%a9/`, path.slice(0, -1)]) {
    const { headers, status } = await guest.agent.get(`${address}?page=2`).redirects(0)
    assert.deepEqual([status, headers.location, headers['cache-control']], [301, `${path}?page=2`, 'no-cache'])
  }
  await db.updateTable('topics').set({ slug: 'aloë' }).where('id', '=', topicId).execute()
  const renamed = await guest.get(`/topic/${topicId}-alo%C3%AB/`)
  assert.deepEqual([renamed.status, guest.redirects], [200, []])
  assert.equal((await guest.get(`/topic/${topicId}-alo%c3%ab/`)).status, 200)
})

onBothDatabases('A page beyond the end leads to the last one, what is no page is not found', async ({ db, t }) => {
  const { path } = await longTopic(db, await makeForum(db, 'Plants'), 6)
  await pagesOf5(db)
  const guest = (await readingRoom(t, db)).visit()
  assert.equal((await guest.get(`${path}?page=3`)).url, `${path}?page=2`)
  assert.deepEqual(guest.redirects, [{ status: 302, to: `${path}?page=2` }])
  for (const page of ['0', '-1', 'abc', '1e400', '1.5', '', '99999999999999999999', '%00', '1&page=2', '2x'])
    assert.ok(isRefusal((await guest.get(`${path}?page=${page}`)).status), page)
})

onBothDatabases('Addresses that name no topic or post are not found', async ({ db, t }) => {
  await longTopic(db, await makeForum(db, 'Plants'), 1)
  const { visit } = await readingRoom(t, db)
  const guest = visit(null)
  for (const id of ['0', '-1', '1e9', '2147483648', '99999999999999999999', 'abc', '%00', '1%00', '٣', '777', '0x1'])
    for (const address of [
      `/topic/${id}/`,
      `/post/${id}`,
      `/forum/${id}/`,
      `/topic/${id}/next`,
      `/topic/${id}/previous`,
    ])
      assert.ok(isRefusal((await guest.get(address)).status), address)
  const long = await guest.get(`/topic/1-jade-plants/?${'x=1&'.repeat(1500)}`)
  assert.equal(long.status, 200)
  for (const broken of ['/topic/%/', '/post/%c3%28', '/forum/%E0%A4%A/'])
    assert.ok(isRefusal((await guest.get(broken)).status), broken)
})

for (const state of states) {
  onBothDatabases(`A ${state} post is there for staff, for its author unless deleted, for nobody else`, async given => {
    const { db, t } = given
    const forum = await makeForum(db, 'Plants')
    const { topicId, path, ann } = await longTopic(db, forum, 2)
    const bea = await makeMember(db, 'Bea')
    const mod = await makeMember(db, 'Mod')
    await appoint(db, mod, forum)
    const { id } = await makeReply(db, topicId, bea, { html: '<p>Withdrawn.</p>', text: 'Withdrawn.' })
    await withdrawPost(db, topicId, id, state)
    const { visit } = await readingRoom(t, db)
    const gone = state === 'deleted' ? 410 : 404

    for (const outsider of [null, ann]) {
      const page = await visit(outsider).get(path)
      assert.doesNotMatch(page.html, /Withdrawn/)
      assert.ok(!page.has(`#post-${id}`))
      assert.equal((await visit(outsider).get(`/post/${id}`)).status, gone)
      assert.equal((await visit(outsider).get(`${path}?do=findComment&comment=${id}`)).status, gone)
    }
    const author = await visit(bea).get(`/post/${id}`)
    if (state === 'deleted') assert.equal(author.status, 410)
    else assert.ok(author.has(`article.${state}#post-${id}`))
    const moderator = await visit(mod).get(`/post/${id}`)
    assert.ok(moderator.has(`article.${state}#post-${id}`))
    assert.match(moderator.text, { hidden: /Hidden/, deleted: /Deleted/, pending: /Awaiting approval/ }[state])
  })

  onBothDatabases(
    `A ${state} topic is there for staff, for its author unless deleted, for nobody else`,
    async given => {
      const { db, t } = given
      const forum = await makeForum(db, 'Plants')
      const { topicId, path, ann, ids } = await longTopic(db, forum, 1)
      const bea = await makeMember(db, 'Bea')
      const mod = await makeMember(db, 'Mod')
      await appoint(db, mod, forum)
      await withdrawTopic(db, topicId, state)
      const { visit } = await readingRoom(t, db)
      const gone = state === 'deleted' ? 410 : 404

      for (const outsider of [null, bea])
        for (const address of [path, `${path}?page=2`, `/post/${ids[1]}`, `${path}?do=getNewComment`, `${path}next`]) {
          const page = await visit(outsider).get(address)
          assert.equal(page.status, gone, address)
          assert.doesNotMatch(page.html, /Jade/)
        }
      assert.equal((await visit(ann).get(path)).status, state === 'deleted' ? 410 : 200)
      const moderator = await visit(mod).get(`/post/${ids[1]}`)
      assert.equal(moderator.url, `${path}#post-${ids[1]}`)
      assert.match(moderator.text, /only its author|Only moderators|Only its author/)
    },
  )
}

onBothDatabases('Nothing of a forum is there for those who may not read it', async ({ db, t }) => {
  const forum = await makeForum(db, 'Secret')
  const { topicId, path, ids, ann } = await longTopic(db, forum, 1)
  await withdrawPost(db, topicId, ids[1] ?? 0, 'deleted')
  await closeForum(db, forum)
  const { visit } = await readingRoom(t, db)
  const addresses = [
    path,
    `${path}next`,
    `/post/${ids[0]}`,
    `/post/${ids[1]}`,
    `${path}?do=findComment&comment=${ids[0]}`,
  ]
  for (const viewer of [null, ann])
    for (const address of [...addresses, `/forum/${forum}-secret/`, '/'])
      assert.doesNotMatch((await visit(viewer).get(address)).html, /Jade|Secret|Words/, address)
  for (const address of addresses) assert.equal((await visit(ann).get(address)).status, 404, address)
})

onBothDatabases('A permalink stays right after deletions, moves and another page size', async ({ db, t }) => {
  const { topicId, path, ids } = await longTopic(db, await makeForum(db, 'Plants'), 11)
  await pagesOf5(db)
  const guest = (await readingRoom(t, db)).visit()
  const last = ids.at(-1)
  assert.equal((await guest.get(`/post/${last}`)).url, `${path}?page=3#post-${last}`)
  assert.equal(guest.redirects[0]?.status, 302)
  for (const id of ids.slice(1, 3)) await withdrawPost(db, topicId, id, 'deleted')
  assert.equal((await guest.get(`/post/${last}`)).url, `${path}?page=2#post-${last}`)
  await inTransaction(db, tx => writeSettings(tx, { posts_per_page: 50 }))
  assert.equal((await guest.get(`/post/${last}`)).url, `${path}#post-${last}`)
  const other = await makeTopic(db, await makeForum(db, 'Other'), null, 'Elsewhere')
  const found = await guest.get(`${path}?do=findComment&comment=${other.postId}`)
  assert.equal(found.url, `/topic/${other.topicId}-elsewhere/#post-${other.postId}`)
  for (const comment of ['', '0', 'abc', '99999999999999999999', '777777'])
    assert.equal((await guest.get(`${path}?do=findComment&comment=${comment}`)).status, 404, comment)
  assert.equal((await guest.get(`${path}?do=nonsense`)).status, 200)
})

onBothDatabases('A member goes on at the first unread post, a guest at the last', async ({ db, t }) => {
  const { topicId, path, ids } = await longTopic(db, await makeForum(db, 'Plants'), 6)
  await pagesOf5(db)
  const bea = await makeMember(db, 'Bea')
  await db.updateTable('members').set({ read_all_at: 1 }).where('id', '=', bea).execute()
  const { visit } = await readingRoom(t, db)
  const news = `${path}?do=getNewComment`
  assert.equal((await visit(null).get(news)).url, `${path}?page=2#post-${ids[6]}`)

  const member = visit(bea)
  assert.equal((await member.get(news)).url, `${path}#post-${ids[0]}`)
  assert.equal((await member.get(news)).url, `${path}?page=2#post-${ids[5]}`)
  assert.equal((await member.get(news)).url, `${path}?page=2#post-${ids[6]}`)
  await member.get(path)
  const later = await makeReply(db, topicId, null, { createdAt: Date.now() + 9000 })
  assert.equal((await member.get(news)).url, `${path}?page=2#post-${later.id}`)
})

onBothDatabases('Recommended posts stand above the others, those that were withdrawn do not', async ({ db, t }) => {
  const { topicId, path, ids } = await longTopic(db, await makeForum(db, 'Plants'), 6)
  await pagesOf5(db)
  const guest = (await readingRoom(t, db)).visit()
  assert.doesNotMatch((await guest.get(path)).html, /Recommended Posts/)
  const recommended = { recommended_at: 1, recommended_note: 'So short' }
  for (const id of [ids[3], ids[6]])
    await db
      .updateTable('posts')
      .set(recommended)
      .where('id', '=', id ?? 0)
      .execute()
  await withdrawPost(db, topicId, ids[3] ?? 0, 'hidden')
  const page = await guest.get(path)
  assert.match(page.text, /Recommended Posts\s+S\s+Words 6\. Somebody, .* · So short/)
  assert.doesNotMatch(page.text, /Words 3\./)
  assert.equal(page.link('Words 6.'), `${path}?page=2#post-${ids[6]}`)
})

onBothDatabases('Next and previous topic are found when they are asked for', async ({ db, t }) => {
  const forum = await makeForum(db, 'Plants')
  const old = await makeTopic(db, forum, null, 'Old')
  const { path } = await longTopic(db, forum, 1)
  const { visit } = await readingRoom(t, db)
  const guest = visit(null)
  await guest.get(path)
  assert.equal((await guest.click('Next topic')).h1, 'Old')
  assert.equal((await guest.click('Previous topic')).h1, 'Jade plants')
  assert.equal((await guest.click('Previous topic')).h1, 'Plants')
  await withdrawTopic(db, old.topicId, 'deleted')
  await guest.get(path)
  assert.equal((await guest.click('Next topic')).h1, 'Plants')
})

onBothDatabases(
  'Sharing is plain links with the address and title of the topic, and nothing is loaded',
  async ({ db, t }) => {
    const { path } = await longTopic(db, await makeForum(db, 'Plants'), 2)
    const page = await (await readingRoom(t, db)).visit().get(path)
    assert.match(page.text, /Share on other sites/)
    const links = [...page.html.matchAll(/href="([^"]*)"[^>]*data-share-link/g)].map(([, href]) =>
      decodeURIComponent(href ?? ''),
    )
    for (const place of ['mailto:?', 'https://www.facebook.com/', 'https://x.com/', 'https://www.reddit.com/']) {
      const link = links.find(href => href.startsWith(place))
      assert.ok(link?.includes('Jade plants') || place.includes('facebook'), place)
      assert.ok(link?.includes(path), place)
    }
    const loaded = [...page.html.matchAll(/<(?:script|img|link|iframe)\b[^>]*\b(?:src|href)="([^"]*)"/g)].map(
      ([, url]) => url,
    )
    assert.deepEqual(
      loaded.filter(url => /^(https?:)?\/\//.test(url ?? '') && !url?.includes('127.0.0.1')),
      [],
    )
  },
)
