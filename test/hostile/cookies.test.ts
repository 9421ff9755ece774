import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { testForum } from '../support/index.ts'
import { type Answer, asker } from './harness/ask.ts'
import { type Fields, send } from './harness/forge.ts'

/** Every cookie of which the page about privacy speaks; `stoa_claims.…` are many. */
const named = [...readFileSync('src/features/pages/first-texts/privacy.md', 'utf8').matchAll(/\| `(stoa_\w+)/g)]

test('a cookie that somebody else has named is no fault of ours', async t => {
  const ask = asker(t, await testForum(t))
  for (const name of [
    'stoa_sent.a b',
    'stoa_sent.\u00e9',
    'stoa_sent.',
    'stoa_claims.a b',
    'stoa_claims."',
    '__proto__',
  ]) {
    const { status, headers } = await ask('/', { cookie: `${name}=1` })
    assert.deepEqual([status, headers['set-cookie']], [200, undefined], name)
    const sent = await send(ask, '/topic/1/reply', { body: `With ${name}`, format: 'markdown' }, `${name}=1`)
    assert.equal(sent.status, 303, name)
  }
})

for (const baseUrl of ['https://porch.example', 'http://porch.example']) {
  const isSecret = baseUrl.startsWith('https')
  test(`every cookie is for no script and no other site${isSecret ? ', and for https only' : ''} (${baseUrl})`, async t => {
    const forum = await testForum(t, { config: { baseUrl } })
    const { name: login, password } = await forum.member('Bea')
    const ask = asker(t, forum)
    const lines: string[] = []
    const note = ({ status, headers }: Answer) => {
      assert.ok(status < 400, String(status))
      lines.push(...(headers['set-cookie'] ?? []))
      return (headers['set-cookie'] ?? []).map(line => line.split(';')[0]).join('; ')
    }
    const post = async (path: string, fields: Fields, cookie = '') => note(await send(ask, path, fields, cookie))
    const probe = note(await ask('/login/'))
    const mine = await post('/login/', { login, password, remember: '1' }, probe)
    await post('/logout/', {}, mine)
    await post('/preferences/theme', { theme: 'dark' })
    const claim = await post('/topic/1/reply', { body: 'A word', format: 'markdown' })
    await post(`/claim/${/stoa_claims\.\w+=([\w-]+)/.exec(claim)?.[1]}/discard`, {}, claim)
    const admin = await post('/login/', { login: forum.admin.name, password: forum.admin.password }, probe)
    const { body } = await send(ask, '/admin/invitations', { note: 'The choir', uses: '1', days: '1' }, admin)
    const invitation = /invitation=([\w-]{43})/.exec(body)?.[1]
    note(await ask(`/register/?invitation=${invitation}`))
    await post(
      '/modcp/announcements/new',
      { title: 'Moving', body: 'x', where: 'all', audience: 'everybody', dismissible: '1' },
      admin,
    )
    const { id } = await forum.db.selectFrom('announcements').select('id').executeTakeFirstOrThrow()
    await post(`/announcements/${id}/dismiss`, {})

    for (const line of lines) {
      assert.match(line, /^stoa_[\w.]+=[^;]*;.* Path=\/;/)
      assert.match(line, /; HttpOnly(;|$)/, line)
      assert.match(line, /; SameSite=(Lax|Strict)(;|$)/, line)
      assert.doesNotMatch(line, /; Domain=/i)
      assert.equal(/; Secure(;|$)/.test(line), isSecret, line)
    }
    const given = new Set(lines.map(line => /^stoa_\w+/.exec(line)?.[0]))
    assert.deepEqual([...given].sort(), named.map(([, name]) => name).sort())
    // What takes a cookie away has to look like what gave it.
    assert.ok(lines.filter(line => /Expires=Thu, 01 Jan 1970/.test(line)).length >= 3)
  })
}
