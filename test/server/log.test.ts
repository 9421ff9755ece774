import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Visitor } from '../support/index.ts'
import { type ForumProcess, startForum } from './process.ts'

/** The requests it has answered, by method and path. */
function answered(forum: ForumProcess): Map<string, Record<string, unknown>> {
  const lines = forum.log().filter(line => line.msg === 'answered')
  return new Map(lines.map(line => [`${line.method} ${line.path}`, line]))
}

test('every request leaves one line with an id of its own', async t => {
  const forum = startForum(t)
  const guest = new Visitor(await forum.address())
  for (const path of ['/', '/?page=2', '/nothing-here', '/healthz']) await guest.get(path)
  await forum.end()
  const lines = forum.log().filter(line => line.msg === 'answered')
  assert.deepEqual(
    lines.map(({ path, status }) => [path, status]),
    [
      ['/', 200],
      ['/?page=2', 200],
      ['/nothing-here', 404],
      ['/healthz', 200],
    ],
  )
  assert.equal(new Set(lines.map(line => line.request)).size, lines.length)
  for (const line of lines) assert.match(String(line.request), /^[0-9a-f]{16}$/)
})

test('nothing in the log opens anything or says who somebody is', async t => {
  const forum = startForum(t, { env: { LOG_LEVEL: 'trace' } })
  const link = new URL(await forum.setupLink())
  const secrets = ['seven quiet lanterns', 'nine loud bells', 'six dim torches', 'ada@example.org', 'bea@example.org']
  const [first, second, wrong, mail, otherMail] = secrets as [string, string, string, string, string]

  const ada = new Visitor(link.origin, { address: '198.18.7.7' })
  await ada.get(link.pathname + link.search)
  const values = { name: 'Ada Keeper', email: mail, password: first, forum_name: 'The Porch', base_url: link.origin }
  await ada.page.form('main form').fill(values).submit()
  assert.equal((await ada.get('/admin/')).status, 200)

  const guest = new Visitor(link.origin, { address: '198.18.8.8' })
  await guest.get('/login/')
  await guest.page.form('main input[type=password]').fill({ login: mail, password: wrong }).submit()
  await guest.get('/topic/1-welcome/')
  await guest.page.form('main textarea').fill({ body: 'A word from the porch' }).submit('Submit Reply')
  const claim = guest.page.url
  assert.match(claim, /^\/claim\/[\w-]{40,}/)
  await guest.page
    .form('Register and publish')
    .fill({ email: otherMail, name: 'Bea', password: second, terms: true })
    .submit()

  const cookies = [ada, guest].flatMap(one => Object.values(one.cookies()).filter(value => value.length > 20))
  const said = [
    ...secrets,
    link.searchParams.get('token'),
    claim.split('/')[2],
    '198.18.',
    ...cookies,
    'Keeper',
    'word',
  ]
  await forum.end()
  const log = forum.log()
  assert.ok(log.length > 10)
  for (const text of said) {
    if (!text) continue
    assert.ok(!JSON.stringify(log).includes(text), `${text} is in the log`)
    assert.ok(!JSON.stringify(log).includes(encodeURIComponent(text)), `${text} is in the log`)
  }
  assert.equal(forum.errors, '')
  assert.ok(answered(forum).has('GET /setup/?token=***'), [...answered(forum).keys()].join('\n'))
})
