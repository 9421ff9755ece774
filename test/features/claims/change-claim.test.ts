import assert from 'node:assert/strict'
import { discardClaim } from '../../../src/features/claims/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'
import { claimOf, claims, heldBy, newcomer, posts, reply, startTopic } from './guests.ts'
import { longPost, paragraphs } from './long-post.ts'

forumOnBothDatabases('a guest edits what they wrote before it is published', async forum => {
  const guest = forum.asGuest()
  const page = await startTopic(guest, 3, 'A titel', 'Helo **all**')
  const before = await claimOf(forum.db, page)
  await guest.click('Edit')
  assert.equal(guest.page.headers['cache-control'], 'no-store')
  const form = guest.page.form('Save')
  assert.deepEqual([form.value('title'), form.value('body')], ['A titel', 'Helo **all**'])
  const wrong = await guest.press('Save', { title: ' ', body: '' })
  assert.equal(wrong.status, 422)
  assert.equal(wrong.count('[role=alert] li'), 1)
  const emoji = await guest.press('Save', { title: 'A title', body: `Kept ${'🇬🇷'.repeat(76)}` })
  assert.match(emoji.text, /Only 75 emoji are allowed\./)
  assert.match(emoji.form('Save').value('body'), /^Kept/)
  assert.deepEqual(await claimOf(forum.db, page), before)
  const saved = await guest.press('Save', { title: 'A title', body: 'Hello **all**' })
  assert.equal(saved.url, page.url)
  assert.match(saved.text, /A title\nHello all/)
  await guest.press('Register and publish', newcomer('Nora Fields'))
  assert.equal((await posts(forum.db))[0]?.html, '<p>Hello <strong>all</strong></p>')
  const gone = await forum.asGuest().post(`${page.url}/edit`, { title: 'Too late', body: 'But not lost' })
  assert.equal(gone.status, 409)
  assert.match(gone.text, /But not lost/)
})

forumOnBothDatabases('what is published is what the claim said when it was taken', async forum => {
  const guest = forum.asGuest()
  const page = await reply(guest, 'First thought')
  const bea = await forum.asMember('Bea')
  await Promise.all([
    forum.asGuest().post(`${page.url}/edit`, { body: 'Second thought' }),
    bea.post(`${page.url}/publish`),
  ])
  const [post] = await posts(forum.db)
  const [claim] = await claims(forum.db)
  assert.ok(['First thought', 'Second thought'].includes(post?.text ?? ''))
  assert.deepEqual([claim?.body, claim?.taken_at !== null], ['', true])
})

forumOnBothDatabases('discarding erases at once, and twice is no mistake', async forum => {
  const guest = forum.asGuest()
  const page = await reply(guest, 'Never mind')
  const form = page.form('Discard')
  for (const press of [1, 2]) {
    const there = await form.submit('Discard')
    assert.equal(there.url, '/', `press ${press}`)
    assert.match(there.text, /Your text is erased\./)
  }
  assert.deepEqual(await claims(forum.db), [])
  assert.deepEqual(await forum.db.selectFrom('claim_secrets').selectAll().execute(), [])
  assert.deepEqual(heldBy(guest), [])
  assert.doesNotMatch((await guest.get('/')).text, /unpublished/)
  const gone = await guest.get(page.url)
  assert.equal(gone.status, 404)
  assert.match(gone.text, /It may have been discarded, or nobody took it in time/)
  const taken = await reply(guest, 'Published by somebody')
  await (await forum.asMember('Bea')).post(`${taken.url}/publish`)
  assert.equal((await guest.post(`${taken.url}/discard`)).status, 409)
  assert.equal((await posts(forum.db)).length, 1)
})

forumOnBothDatabases(
  'what somebody publishes while it is discarded stays, and nobody is told that it was erased',
  async forum => {
    const page = await reply(forum.asGuest(), 'Published after all')
    const claim = await claimOf(forum.db, page)
    const bea = await forum.asMember('Bea')
    await bea.get(page.url)
    await bea.press('Publish as Bea')
    await assert.rejects(discardClaim(forum.db, claim), { name: 'Conflict' })
    assert.equal((await posts(forum.db)).length, 1)
  },
)

forumOnBothDatabases('a long post is published with its paragraphs and quotation marks as they were', async forum => {
  const guest = forum.asGuest()
  const page = await reply(guest, longPost)
  assert.equal(page.count('.prose p'), paragraphs.length)
  await guest.click('Edit')
  assert.equal(guest.page.form('Save').value('body').replaceAll('\r\n', '\n'), longPost)
  await guest.get(page.url)
  const there = await guest.press('Register and publish', newcomer('Nora Fields'))
  const shown = there.texts('#post-2 .prose p')
  assert.deepEqual(
    shown,
    paragraphs.map(lines => lines.join(' ')),
  )
  assert.equal(there.count('#post-2 .prose br'), 1)
  assert.equal((await posts(forum.db))[0]?.pending_at, null)
})

const naughty = [
  '',
  ' \t\u200b\u2800',
  "'; drop table claims; --",
  '</textarea><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<%= it %> {{7*7}} #{7}',
  '\u202Eright to left\u202C',
  '\uFEFF\uFFFE\uFFFF',
  '\uD83D lone surrogate',
  'Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮',
  '田中さんにあげて下さい',
  'إختبار النص',
  '👩‍👩‍👧‍👦 ✋🏿 0️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '%s%d%n %00 ../../etc/passwd',
  'x'.repeat(5000),
  `${'> '.repeat(60)}deep`,
  '[a](javascript:alert(1)) ![b](data:text/html,x)',
]

forumOnBothDatabases('whatever is typed is kept as text or refused clearly', async forum => {
  for (const text of naughty) {
    const guest = forum.asGuest()
    const page = await startTopic(guest, 3, text, text)
    assert.ok([200, 422].includes(page.status), `${page.status} ${text}`)
    assert.equal(page.has('main script, main img[onerror]'), false, text)
    const bodies = [
      await guest.post('/topic/1/reply', { body: text }),
      await guest.post('/topic/1/reply', { body: text, format: text, title: text }),
    ]
    for (const { status, html } of bodies) {
      assert.ok([200, 422].includes(status), `${status} ${text}`)
      assert.doesNotMatch(html, /<script>|href="javascript|onerror=alert\(1\)>/)
    }
    if (bodies[0]?.status !== 200) continue
    const there = await guest.post(`${bodies[0].url}/register`, { name: text, email: text, password: text })
    assert.ok([422, 404].includes(there.status), `${there.status} ${text}`)
    assert.ok([200, 422].includes((await guest.post(`${bodies[0].url}/edit`, { body: `More ${text}` })).status), text)
    assert.equal((await guest.post(`${bodies[0].url}/sign-in`, { login: text, password: text })).status, 422, text)
  }
  const odd = forum.asGuest()
  assert.equal((await odd.post('/topic/1/reply', {})).status, 422)
  assert.equal((await odd.post('/topic/1/reply', { body: ['one', 'two'] })).status, 422)
  assert.equal((await odd.post('/topic/1/reply', { body: 'null\0byte' })).status, 400)
  for (const [n, value] of ['A'.repeat(43), 'x', encodeURIComponent("'--")].entries()) {
    odd.setCookie(`stoa_claims.${n}`, value)
  }
  assert.equal((await odd.get('/')).status, 200)
  assert.equal((await odd.get('/claims/')).status, 200)
})
