import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { refreshCounts } from '../../src/features/posts/index.ts'
import { picture } from '../features/attachments/pictures.ts'
import { openPage, type TestForum, testForum, type Visitor } from '../support/index.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }
const secret = /War room|Plan Zeta|zebra/i

/** An administrator makes the forum with a telephone, puts it first, and closes it to guests and members. */
async function setUp(page: Page, forum: TestForum): Promise<void> {
  await page.goto('/login/')
  await page.fill('main [name=login]', forum.admin.name)
  await page.fill('main [name=password]', forum.admin.password)
  await Promise.all([page.waitForURL('/'), page.press('main [name=password]', 'Enter')])
  await page.goto('/admin/forums/new')
  await page.fill('main [name=name]', 'War room')
  await page.locator('main form.card .button.primary').click()
  const row = page.locator('#forum-5')
  await row.locator('[value=up]').click()
  await row.waitFor()
  const names = () => page.locator('.arrangement li > div > a:not(.button)').allInnerTexts()
  assert.deepEqual((await names()).slice(2), ['General discussion', 'War room', 'Questions and help'])
  await drag(page, '#forum-5', '#forum-2')
  await page.locator('.arrangement li:nth-child(2)#forum-5').waitFor()
  assert.deepEqual((await names()).slice(0, 2), ['Community', 'War room'])

  await page.goto('/admin/permissions')
  const cell = (group: string) => page.getByLabel(`War room, ${group}`, { exact: true })
  for (const group of ['Guests', 'Members', 'Moderators']) {
    assert.match(await cell(group).locator(':checked').innerText(), /Yes – from Everywhere/)
    await cell(group).selectOption('0')
  }
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390)
  await page.getByRole('button', { name: 'Save permissions' }).click()
  await page.getByText('The permissions are saved.').waitFor()
}

/** Puts a row above another by its handle. */
async function drag(page: Page, what: string, above: string): Promise<void> {
  const from = await page.locator(`${what} [data-handle]`).boundingBox()
  const to = await page.locator(above).boundingBox()
  assert.ok(from && to)
  await page.mouse.move(from.x + 10, from.y + 10)
  await page.mouse.down()
  await page.mouse.move(from.x + 10, to.y + 30)
  await page.mouse.move(from.x + 10, to.y + 4)
  await page.locator('.drop-mark').waitFor()
  await page.mouse.up()
}

/** What is said in the forum, with an image, and what leads there from where everybody reads. */
async function fill(forum: TestForum, admin: Visitor) {
  const sent = await admin.agent
    .post('/attachments')
    .set({ 'Sec-Fetch-Site': 'same-origin', Accept: 'application/json' })
    .attach('file', await picture(40, 30), 'zebra.png')
  assert.equal(sent.status, 201, sent.text)
  const { id } = await forum.db.selectFrom('attachments').select('id').executeTakeFirstOrThrow()
  const text = { format: 'markdown', submission: 'a'.repeat(20) }
  const body = `Zebras at dawn\n\n![zebra](/attachment/${id}/zebra.png)`
  await admin.post('/forum/5/new-topic', { ...text, title: 'Plan Zeta', body })
  const topic = await forum.db
    .selectFrom('topics')
    .select(['id', 'slug', 'first_post_id'])
    .where('forum_id', '=', 5)
    .executeTakeFirstOrThrow()
  const path = `/topic/${topic.id}-${topic.slug}/`
  const link = `Look:\n\n${forum.url}${path}\n\n${forum.url}/post/${topic.first_post_id}`
  await admin.post('/topic/1/reply', { ...text, submission: 'b'.repeat(20), body: link })
  return { path, post: topic.first_post_id, attachment: `/attachment/${id}/zebra.png` }
}

/** How much the administrator wrote, as each of these is told wherever they are. */
async function countsShown(visitors: readonly Visitor[]): Promise<string[]> {
  const told = visitors.map(async visitor => {
    const pages = ['/profile/1-ada/', '/topic/1/', '/modcp/members/1/', '/modcp/members?q=Ada'].map(async path => {
      const { text, status } = await visitor.agent.get(path)
      if (status === 404) return []
      const counts = text.matchAll(/<dt>Posts<\/dt>\s*<dd>(\d+)<|Ada<\/a>(?:[^<]|<(?!\/?tr))*?<td[^>]*>(\d+)<\/td>/g)
      return [...counts].map(([, beside, listed]) => beside ?? listed ?? '')
    })
    return [...new Set((await Promise.all(pages)).flat())].join()
  })
  return Promise.all(told)
}

test('an administrator sets up a private forum, and outsiders see nothing of it anywhere', async t => {
  const forum = await testForum(t)
  const outsiders = [forum.asGuest(), await forum.asMember('Bea'), await forum.asMember('Mia', { group: 'Moderators' })]
  const page = await openPage(t, { baseURL: forum.url, ...phone, expectErrors: /404|403/ })
  await setUp(page, forum)
  const admin = await forum.asAdmin()
  assert.deepEqual(await countsShown(outsiders), ['1', '1', '1'], 'the welcome')
  const { path, post, attachment } = await fill(forum, admin)
  await forum.runJobs()

  const gone = [path, `${path}?page=1`, `${path}next`, `${path}reply`, `/post/${post}`, `/post/${post}/share`]
  gone.push(`/post/${post}/versions`, `/post/${post}/edit`, `/post/${post}/report`, '/forum/5-war-room/', attachment)
  gone.push(`${attachment}?size=thumb`, '/forum/5/new-topic', '/sitemap.xml', '/feed.xml', '/search?q=zebra')
  const asked = new URLSearchParams({ address: `${forum.url}${path}` })
  const shown = [
    '/',
    '/forum/1-community/',
    '/topic/1/',
    '/profile/1-ada/',
    '/new-topic/',
    '/modcp/log/',
    '/robots.txt',
  ]
  shown.push(
    '/modcp/queue',
    `/compose/embed?${asked}`,
    '/compose/members?place=forum:5&q=Ad',
    `/topic/1/?quote=${post}`,
  )
  for (const outsider of outsiders) {
    for (const place of gone) {
      const answer = await outsider.agent.get(place)
      assert.equal(answer.status, 404, place)
      assert.doesNotMatch(answer.text ?? '', /zebras|Plan Zeta<|War room/i, place)
    }
    for (const place of shown) {
      const { text } = await outsider.agent.get(place).redirects(1)
      assert.doesNotMatch(text.replaceAll(path, '').replaceAll(encodeURIComponent(path), ''), secret, place)
    }
    assert.match(
      (await outsider.get('/')).text,
      /Statistics\s+topic\s+1\s+posts\s+2\s/,
      'only what everybody reads counts',
    )
  }
  assert.match((await admin.get('/topic/1/')).text, /Plan Zeta/)
  await refreshCounts(forum.db)
  assert.deepEqual(
    await countsShown([...outsiders, admin]),
    ['2', '2', '2', '3'],
    'what was said in secret adds nothing',
  )

  await page.goto('/admin/view-as')
  await page.selectOption('main [name=group]', { label: 'Members' })
  await page.fill('main [name=password]', forum.admin.password)
  await page.getByRole('button', { name: 'View the forum' }).click()
  await page.getByText('You see the forum as somebody in the group Members').waitFor()
  for (const place of [attachment, '/', '/topic/1/', path]) {
    await page.goto(place)
    assert.doesNotMatch(await page.locator('main').innerText(), /War room|Plan Zeta(?!-)/, place)
  }
  await page.getByRole('button', { name: 'Stop viewing' }).click()
  await page.getByText('You see the forum as yourself again.').waitFor()
  await page.waitForLoadState()
  await page.goto('/')
  assert.match(await page.locator('main').innerText(), /War room/)
})
