import assert from 'node:assert/strict'
import { utimes } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import { errandFor, goOutBy } from '../../../src/features/cards/index.ts'
import { purgeCards, refreshCards } from '../../../src/features/cards/jobs.ts'
import { noteLinks } from '../../../src/features/cards/note-links.ts'
import { letGoOfPicture } from '../../../src/features/cards/pictures.ts'
import { fits } from '../../../src/features/cards/reading/providers.ts'
import { readOembed } from '../../../src/features/cards/reading/read-oembed.ts'
import { readPage } from '../../../src/features/cards/reading/read-page.ts'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { limits } from '../../../src/platform/limits/index.ts'
import { FetchFailed } from '../../../src/platform/outward/index.ts'
import { bumpRevisions, type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, type Page } from '../../support/index.ts'
import { makeTopic } from '../posts/world.ts'
import { closeForum, makeForum } from '../topics/world.ts'
import { elsewhere } from './elsewhere.ts'

const meta = (facts: Record<string, string>) =>
  Object.entries(facts)
    .map(([name, content]) => `<meta property="${name}" content="${content}">`)
    .join('')

const cardsOn = (page: Page) => page.texts('.embed-card').map(card => card.replace(/\s+/g, ' ').trim())

const cards = (db: Db) => db.selectFrom('link_cards').selectAll().orderBy('id').execute()

forumOnBothDatabases('A link to elsewhere becomes a card when that page has been seen', async (forum, t) => {
  const { db } = forum
  const picture = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#a33' } })
    .jpeg()
    .toBuffer()
  const [blog, talk, skeet] = [
    'https://blog.example/bread',
    'https://www.reddit.com/r/bread/comments/1/rye/',
    'https://bsky.app/profile/ann.example/post/1',
  ]
  const toot = 'https://mastodon.example/@ann/114000'
  const oembed = (endpoint: string, url: string) => `${endpoint}?${new URLSearchParams({ url, format: 'json' })}`
  const json = (told: unknown) => ({ type: 'application/json', body: JSON.stringify(told) })
  const { visits, there } = await elsewhere(t, forum, {
    [blog]: `<!doctype html><title>No</title><head>${meta({
      'og:title': 'Bread &lt;script&gt;alert(1)&lt;/script&gt; \u202Egnp.exe',
      'og:description': 'How to bake it.',
      'og:site_name': 'The Blog',
      'og:image': '/bread.jpg',
    })}</head><body>`,
    'https://blog.example/bread.jpg': { type: 'image/jpeg', body: picture },
    [oembed('https://www.reddit.com/oembed', talk)]: json({
      title: 'Rye at last',
      author_name: 'baker',
      provider_name: 'reddit',
      thumbnail_url: 'https://blog.example/broken.png',
      html: '<script>alert(1)</script>',
    }),
    'https://blog.example/broken.png': { type: 'image/png', body: 'no picture' },
    [oembed('https://embed.bsky.app/oembed', skeet)]: json({ author_name: 'Ann', provider_name: 'Bluesky Social' }),
    [skeet]: `<head>${meta({ 'og:title': 'Ann (@ann.example)', 'og:description': 'Good morning' })}`,
    [toot]: `<head><link rel="alternate" type="application/json+oembed" href="https://mastodon.example/api/oembed">${meta(
      {
        'og:site_name': 'Mastodon',
        'og:title': 'Ann (@ann@mastodon.example)',
        'og:description': 'My starter is alive.',
      },
    )}`,
    'https://down.example/': 500,
    'https://blog.example/list.pdf': { type: 'application/pdf', body: '%PDF' },
    'https://empty.example/': '<p>Hello',
  })
  const links = [blog, talk, `${skeet}#reply`, 'https://down.example/', 'https://blog.example/list.pdf', toot]
  await inTransaction(db, tx => writeSettings(tx, { hold_first_links: false }))
  const ann = await forum.asMember('Ann')
  await ann.get('/topic/1/')
  await ann.press('Submit Reply', { body: [...links, 'https://empty.example/'].join('\n\n') })
  const guest = forum.asGuest()
  assert.deepEqual(cardsOn(await guest.get('/topic/1/')), [])
  assert.deepEqual(visits, [])

  await forum.runJobs()
  const page = await guest.get('/topic/1/')
  assert.deepEqual(cardsOn(page), [
    'Bread <script>alert(1)</script> gnp.exe How to bake it. blog.example · The Blog',
    'Rye at last reddit.com · reddit · baker',
    'Ann (@ann.example) Good morning bsky.app · Bluesky Social · Ann',
    'Ann (@ann@mastodon.example) My starter is alive. mastodon.example · Mastodon',
  ])
  assert.equal(page.count('a.embed'), 3)
  assert.ok(page.has(`.embed-title a[href="${skeet}#reply"][rel="ugc nofollow noopener"]`))
  const named = page.html.matchAll(/([\w-]+)="[^"]*(?:blog|reddit|bsky)\./g)
  assert.deepEqual([...new Set([...named].map(([, attribute]) => attribute))], ['href'])
  const [row] = await cards(db)
  assert.ok(page.has(`.embed-card img[src="${row?.picture}"][width="320"][height="213"][loading=lazy]`))
  assert.equal(page.count('.embed-card img'), 1)
  const served = await guest.agent.get(row?.picture ?? '')
  assert.deepEqual([served.status, served.type], [200, 'image/webp'])

  visits.length = 0
  const bea = await forum.asMember('Bea')
  await bea.get('/topic/1/')
  await bea.press('Submit Reply', { body: `${blog}\n\nhttps://down.example/` })
  await forum.runJobs()
  assert.deepEqual(visits, [], 'neither a card that is there nor one that failed is fetched again at once')
  assert.equal(cardsOn(await guest.get('/topic/1/')).length, 5)

  const pictureFile = join(forum.config.dataDir, 'files', basename(row?.picture ?? ''))
  await db.updateTable('link_cards').set({ picture: null }).where('url', '=', blog).execute()
  await letGoOfPicture(db, row?.picture ?? '')
  assert.equal(
    (await guest.agent.get(row?.picture ?? '')).status,
    200,
    'another page may be about to show the same one',
  )
  await db
    .updateTable('link_cards')
    .set({ picture: row?.picture ?? null })
    .where('url', '=', blog)
    .execute()
  await utimes(pictureFile, 1, 1)
  there[blog] = `<title>Newer bread</title>`
  there[skeet] = 410
  await db.updateTable('link_cards').set({ due_at: 1 }).where('title', 'is not', null).execute()
  await refreshCards(db)
  await forum.runJobs()
  assert.deepEqual(cardsOn(await guest.get('/topic/1/')), [
    'Newer bread blog.example',
    'Rye at last reddit.com · reddit · baker',
    'Ann (@ann@mastodon.example) My starter is alive. mastodon.example · Mastodon',
    'Newer bread blog.example',
  ])
  assert.equal((await guest.agent.get(row?.picture ?? '')).status, 404, 'nobody needs the old picture')
  const failed = (await cards(db)).map(({ url, failures, due_at }) => [
    new URL(url).hostname,
    failures,
    due_at === null,
  ])
  assert.deepEqual(failed.slice(3), [
    ['down.example', 1, false],
    ['blog.example', 1, true],
    ['mastodon.example', 0, false],
    ['empty.example', 0, false],
  ])

  await inTransaction(db, tx => writeSettings(tx, { link_cards: false }))
  assert.deepEqual(cardsOn(await guest.get('/topic/1/')), [])
  await inTransaction(db, tx => writeSettings(tx, { link_cards: true }))
  await ann.get('/post/2/edit')
  await ann.press('Save', { body: `Only ${blog} within a sentence` })
  await forum.runJobs()
  await db.updateTable('link_cards').set({ created_at: 1, fetched_at: 1 }).execute()
  await purgeCards(db)
  assert.deepEqual(
    (await cards(db)).map(({ url }) => url),
    [blog, 'https://down.example/'],
  )
})

/** So many bytes may a member upload in all. */
async function setTotal(db: Db, upload_total_bytes: number): Promise<void> {
  await inTransaction(db, async tx => {
    await tx.updateTable('groups').set({ upload_total_bytes }).execute()
    await bumpRevisions(tx, 'shell', 'permissions')
  })
}

forumOnBothDatabases('An image of elsewhere is fetched and kept, or stays a link', async (forum, t) => {
  const { db } = forum
  await inTransaction(db, tx => writeSettings(tx, { hold_first_links: false }))
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#3a3' } })
    .jpeg()
    .toBuffer()
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const { visits, there } = await elsewhere(t, forum, {
    'https://img.example/loaf.jpg': { type: 'image/jpeg', body: jpeg },
    'https://img.example/x.svg': { type: 'image/svg+xml', body: svg },
    'https://img.example/page.png': '<p>No picture',
    'https://img.example/late.jpg': 503,
  })
  const ann = await forum.asMember('Ann')
  const pictures = ['loaf.jpg', 'x.svg', 'page.png', 'late.jpg'].map(
    name => `![A ${name}](https://img.example/${name})`,
  )
  await ann.get('/topic/1/')
  await ann.press('Submit Reply', { body: pictures.join('\n\n') })
  const guest = forum.asGuest()
  const shown = async () => {
    const page = await guest.get('/topic/1/')
    assert.doesNotMatch(page.html, /\b(?:src|srcset|poster|style)="[^"]*img\.example/)
    return [page.count('.prose a.picture img[src^="/attachment/"][width="40"]'), page.count('.prose a.remote')]
  }
  assert.deepEqual([await shown(), visits], [[0, 4], []])
  await forum.runJobs()
  assert.deepEqual(await shown(), [1, 3])
  assert.equal(visits.length, 4)

  there['https://img.example/late.jpg'] = { type: 'image/jpeg', body: jpeg }
  await forum.runJobs(Date.now() + 3_600_001)
  assert.deepEqual(await shown(), [2, 2])
  await forum.runJobs(Date.now() + 40 * 3_600_000)
  assert.equal(visits.filter(address => address.endsWith('late.jpg')).length, 2, 'who answered is not asked again')

  await inTransaction(db, tx => writeSettings(tx, { remote_images: 'link' }))
  await ann.get('/topic/1/')
  await ann.press('Submit Reply', { body: '![](https://img.example/loaf.jpg)' })
  visits.length = 0
  await forum.runJobs()
  assert.deepEqual([await shown(), visits], [[2, 3], []])

  await inTransaction(db, tx => writeSettings(tx, { remote_images: 'keep' }))
  await setTotal(db, 1)
  await ann.get('/topic/1/')
  await ann.press('Submit Reply', { body: '![](https://img.example/loaf.jpg) is enough by now' })
  await forum.runJobs()
  assert.deepEqual([await shown(), visits], [[2, 4], []], 'nobody has more kept than they may upload')
  await setTotal(db, 1024 ** 3)

  await inTransaction(db, tx => writeSettings(tx, { hold_first_links: true }))
  const bea = await forum.asMember('Bea')
  const { forum_id } = await db.selectFrom('topics').select('forum_id').where('id', '=', 1).executeTakeFirstOrThrow()
  const body = 'https://img.example/page\n\n![](https://img.example/loaf.jpg)'
  const topic = await bea.post(`/forum/${forum_id}/new-topic`, { title: 'Loaves', body, submission: 'aaaa-bbbb' })
  assert.match(topic.text, /waits/)
  const posts = db.selectFrom('posts').select('id').orderBy('id', 'desc')
  await bea.get(`/post/${(await posts.executeTakeFirstOrThrow()).id}/edit`)
  await bea.press('Save', { body: `${body} and more` })
  await forum.runJobs()
  assert.deepEqual(visits, [], 'what waits sends the forum nowhere, however often it is edited')
})

forumOnBothDatabases(
  'Nobody sends the forum to others too often, or learns what is linked where they may not read',
  async forum => {
    const { db } = forum
    const closed = await makeForum(db, 'Cellar')
    await closeForum(db, closed)
    const { id: memberId } = await db.selectFrom('members').select('id').executeTakeFirstOrThrow()
    const { postId } = await makeTopic(db, closed, memberId)
    const hrefs = Array.from({ length: 70 }, (_, n) => `https://victim.example/${n}`)
    const others = [
      'mailto:a@b.example',
      '/topic/1/',
      'http://localhost/',
      'https://victim.example/0#again',
      `${forum.url}/x`,
    ]
    await noteLinks(db, { postId, memberId, hrefs: [...hrefs, ...others] })
    const rows = await cards(db)
    const now = Date.now()
    assert.deepEqual([rows.length, rows.filter(({ due_at }) => Number(due_at) <= now).length], [70, 60])
    const waiting = rows.map(({ due_at }) => Number(due_at)).sort((a, b) => b - a)
    assert.ok((waiting[0] ?? 0) - (waiting[9] ?? 0) >= 9 * 60_000 - 1000, 'the others are visited one after the other')
    await db.updateTable('link_cards').set({ title: 'A secret', fetched_at: now }).execute()
    const told = async (who: typeof forum.asGuest extends () => infer V ? V : never) =>
      (await who.agent.get(`/compose/embed?${new URLSearchParams({ address: hrefs[0] ?? '' })}`)).body.embedded
    assert.equal(await told(forum.asGuest()), false)
    assert.equal(await told(await forum.asAdmin()), true)

    await limits(db).spend('visits-host', 'victim.example', { points: 120, seconds: 3600 }, 119)
    const visits: unknown[] = []
    goOutBy(db, {
      async fetchOut(address, { mayVisit }) {
        visits.push(await mayVisit?.(new URL(address)))
        throw new FetchFailed('unwanted')
      },
    })
    for (const host of ['victim.example', 'victim.example.', 'other.example'])
      await assert.rejects(Promise.resolve((await errandFor(db))?.fetchOut(`https://${host}/`, { accept: ['*'] })))
    assert.deepEqual(visits, [true, false, true], 'nor does everybody together, however they spell it')
  },
)

test('What a page says of itself is taken as plain words, whatever it says', async () => {
  const read = (html: string | Buffer, charset: string | null = null) =>
    readPage({ bytes: Buffer.from(html as string), charset, url: 'https://a.example/x/y' })
  assert.equal((await read(Buffer.from('<title>Caf\xe9</title>', 'latin1'), 'iso-8859-1')).title, 'Café')
  assert.equal((await read(Buffer.from('<meta charset="windows-1252"><title>Caf\xe9</title>', 'latin1'))).title, 'Café')
  assert.equal((await read('<title>Plain</title>', 'no-such-thing')).title, 'Plain')
  assert.equal((await read('<title> \u200b\u202e </title>')).title, null)
  assert.equal((await read(`<title>${'long '.repeat(100_000)}</title>`)).title?.length, 160)
  assert.ok(((await read(`<title>z${'\u0301'.repeat(500)}</title>`)).title?.length ?? 99) < 12)
  assert.equal((await read('<body><meta property="og:title" content="In a comment"><title>x</title>')).title, null)
  assert.equal(
    (await read('<title>T</title><meta property="og:image" content="../z.png">')).pictureUrl,
    'https://a.example/z.png',
  )
  assert.equal(
    (await read('<title>T</title><meta property="og:image" content="data:image/png;base64,AA">')).pictureUrl,
    null,
  )
  assert.equal((await read('<meta name="author" content="https://facebook.example/me"><title>T</title>')).author, null)
  assert.equal((await read('<meta name="author" content="Me\u0000 &amp; you"><title>T</title>')).author, 'Me & you')
  assert.equal((await read(`${'<meta>'.repeat(50_000)}<title>T`)).title, 'T')
  const told = (json: string) => readOembed({ bytes: Buffer.from(json), url: 'https://a.example/oembed' })
  for (const json of ['', 'null', '[]', '"x"', '{"title":{"a":1}}', '{"__proto__":{"title":"x"}}'])
    assert.equal(told(json).title, null, json)
  assert.equal(told('{"type":"photo","url":"https://b.example/p.jpg"}').pictureUrl, 'https://b.example/p.jpg')

  const known = (scheme: string, url: string) => fits(scheme, new URL(url))
  assert.ok(known('https://*.flickr.com/photos/*', 'https://www.flickr.com/photos/a/1'))
  assert.ok(known('https://bsky.app/profile/*/post/*', 'https://bsky.app/profile/a.b/post/3?x=1'))
  assert.ok(!known('https://*.flickr.com/photos/*', 'https://flickr.com.evil.example/photos/1'))
  assert.ok(!known('https://bsky.app/profile/*/post/*', 'http://bsky.app/profile/a/post/1'))
  assert.ok(!known('https://a.example/b*b', 'https://a.example/b'))
})

test('Whatever a page or its provider answers, reading it holds nobody up', async () => {
  const much = 512 * 1024
  const heads = ['<svg>', '<p>', '<a ', '<meta a', '<meta name="og:title" content="x">', '<title>&amp;', '&amp', '<!--']
  for (const head of heads) {
    const bytes = Buffer.from(head + head.replace('<title>', '').repeat(much / head.length))
    const before = process.threadCpuUsage()
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    await readPage({ bytes, charset: null, url: 'https://a.example/' }).finally(() => clearInterval(timer))
    const { user, system } = process.threadCpuUsage(before)
    assert.ok(user + system < 600_000, `${head} takes ${user + system} µs`)
    assert.ok(turns > 3 || user + system < 60_000, `${head} leaves ${turns} turns to others`)
  }
})
