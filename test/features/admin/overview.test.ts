import assert from 'node:assert/strict'
import { forumOnBothDatabases, type Page, type TestForum, type VisitorOptions } from '../../support/index.ts'

async function overview(forum: TestForum, options: VisitorOptions = {}): Promise<Page> {
  const admin = await forum.asAdmin(options)
  return admin.get('/admin/')
}

function advice(page: Page): string[] {
  return page.texts('.advice')
}

/** Where `forum` says it is; empty: nowhere. */
async function at(forum: TestForum, base_url: string): Promise<void> {
  await forum.db
    .updateTable('settings')
    .set({ value: JSON.stringify(base_url) })
    .where('key', '=', 'base_url')
    .execute()
  await forum.db
    .updateTable('revisions')
    .set(eb => ({ shell: eb('shell', '+', 1) }))
    .execute()
}

forumOnBothDatabases('the overview counts members, topics, posts and what guests left', async forum => {
  await forum.member('Bea')
  await forum.asGuest().post('/topic/1/reply', { body: 'Hello' })
  const page = await overview(forum)
  assert.deepEqual(page.texts('.figures dd'), ['2', '1', '1', '1'])
  assert.doesNotMatch(page.text, /failed for good/)
  await forum.db
    .insertInto('jobs')
    .values({ name: 'x', payload: 'null', created_at: 0, run_at: 0, failed_at: 1 })
    .execute()
  assert.match((await overview(forum)).text, /One task in the background has failed for good/)
  await forum.db.insertInto('events').values({ name: 'x', payload: 'null', due_at: 0, failed_at: 1 }).execute()
  assert.match((await overview(forum)).text, /2 tasks in the background have failed for good/)
})

forumOnBothDatabases('nothing is advised where everything arrives', async forum => {
  await at(forum, '')
  assert.deepEqual(advice(await overview(forum)), [])
  await at(forum, 'https://porch.example.org')
  const headers = { 'X-Forwarded-Proto': 'https' }
  assert.deepEqual(advice(await overview(forum, { host: 'porch.example.org', address: '203.0.113.7', headers })), [])
  assert.deepEqual(advice(await overview(forum, { host: 'porch.example.org', address: '127.0.0.1', headers })), [])
  const hidden = { ...headers, 'X-Forwarded-Host': 'porch.example.org', Origin: 'https://porch.example.org' }
  assert.deepEqual(advice(await overview(forum, { address: '203.0.113.7', headers: hidden })), [])
})

forumOnBothDatabases('an administrator is told which line the proxy lacks', async forum => {
  await at(forum, 'https://porch.example.org')
  const host = 'porch.example.org'
  const address = '203.0.113.7'
  const noScheme = await overview(forum, { host, address })
  assert.deepEqual(advice(noScheme), ['proxy_set_header X-Forwarded-Proto $scheme;'])
  assert.match(noScheme.text, /requests arrive as http/)
  const wrongHost = await overview(forum, { address, headers: { 'X-Forwarded-Proto': 'https' } })
  assert.deepEqual(advice(wrongHost), ['proxy_set_header Host $http_host;'])
  assert.match(wrongHost.text, /arrived for 127\.0\.0\.1:\d+, but the forum's address is https:\/\/porch\.example\.org/)
})

forumOnBothDatabases('a proxy that hides its visitors is found out', async forum => {
  await at(forum, '')
  const admin = await forum.asAdmin({ host: 'porch.example.org', address: '' })
  const page = await admin.get('/admin/')
  assert.deepEqual(advice(page), ['proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;'])
})

forumOnBothDatabases(
  'so is a proxy that nobody said to trust',
  async forum => {
    await at(forum, '')
    const page = await overview(forum, { address: '203.0.113.7' })
    assert.deepEqual(advice(page), ['TRUST_PROXY=192.0.2.1,127.0.0.1'])
    assert.match(page.text, /arrive from 127\.0\.0\.1, which this forum was not told to trust/)
  },
  { config: { trustProxy: '192.0.2.1' } },
)

forumOnBothDatabases(
  'a scheme that does not arrive is told with BASE_URL as well',
  async forum => {
    const visitor = forum.asGuest({ host: 'porch.example.org', address: '203.0.113.7' })
    // Its cookies are for https only, which a test does not speak: it carries them by hand.
    const { name, password } = forum.admin
    const { headers } = await visitor.agent
      .post('/login/')
      .type('form')
      .set('Origin', 'https://porch.example.org')
      .send({ login: name, password })
    const session = String(headers['set-cookie']).match(/stoa_session=[^;]*/)?.[0] ?? ''
    assert.match(String(headers['set-cookie']), /stoa_session=[^;]*; Path=\/; [^,]*HttpOnly; Secure/)
    const page = await visitor.get('/admin/', { Cookie: session })
    assert.deepEqual(advice(page), ['proxy_set_header X-Forwarded-Proto $scheme;'])
  },
  { config: { baseUrl: 'https://porch.example.org' } },
)
