import assert from 'node:assert/strict'
import fs from 'node:fs'
import { type TestContext, test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import express from 'express'
import request from 'supertest'
import { openAssets } from '../../src/platform/http/index.ts'
import { folderOf } from './http-web.ts'

const css = 'a { color: red }'.repeat(100)

function publicFolder(t: TestContext): string {
  return folderOf(t, {
    'build/manifest.json': '{"main.css":"main-1A2B.css","sprite.svg":"sprite-3C4D.svg"}',
    'build/main-1A2B.css': css,
    'build/main-1A2B.css.gz': gzipSync(css),
    'build/main-1A2B.css.br': brotliCompressSync(css),
    'build/sprite-3C4D.svg': '<svg></svg>',
    'build/.secret': 'no',
    'favicon.svg': '<svg></svg>',
    '.hidden': 'no',
  })
}

test('built files are found by the names they had before', t => {
  const assets = openAssets(publicFolder(t))
  assert.equal(assets.url('main.css'), '/build/main-1A2B.css')
  assert.throws(() => assets.url('other.css'), /other\.css was not built/)
})

test('an icon is decoration beside a word, or has a name', t => {
  const { icon } = openAssets(publicFolder(t))
  assert.equal(icon('pin'), '<svg class="icon" aria-hidden="true"><use href="/build/sprite-3C4D.svg#pin"></use></svg>')
  assert.match(icon('pin', 'Pinned "here"'), /role="img" aria-label="Pinned &#34;here&#34;"/)
})

test('built files are sent compressed and are good for a year', async t => {
  const app = express().use(openAssets(publicFolder(t)).router)
  for (const [accepted, sent] of [
    ['gzip, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
  ] as const) {
    const { headers, text } = await request(app)
      .get('/build/main-1A2B.css')
      .set('Accept-Encoding', accepted)
      .expect(200)
    assert.equal(headers['content-encoding'], sent)
    assert.equal(text, css)
    assert.equal(headers['content-type'], 'text/css; charset=utf-8')
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(headers.vary, 'Accept-Encoding')
  }
  await request(app).head('/build/main-1A2B.css').expect(200)
  const plain = await request(app).get('/build/sprite-3C4D.svg').set('Accept-Encoding', 'br').expect(200)
  assert.equal(plain.headers['content-encoding'], undefined)
})

test('nothing but what was built and made public is sent', async t => {
  const app = express().use(openAssets(publicFolder(t)).router)
  const refused = [
    '/build/nothing.css',
    '/build/manifest.json',
    '/build/.secret',
    '/build/',
    '/build/main-1A2B.css.br',
    '/.hidden',
    '/',
  ]
  for (const path of [...refused, '/build/..%2ffavicon.svg', '/..%2f..%2fetc%2fpasswd']) {
    const { status } = await request(app).get(path)
    assert.ok(status === 404 || status === 403, `${path} gave ${status}`)
  }
  const { headers } = await request(app).get('/favicon.svg').expect(200)
  assert.equal(headers['cache-control'], 'public, max-age=3600')
})

test('whoever reads pages waits for no look at the disk', async t => {
  const { router } = openAssets(publicFolder(t))
  let asked = 0
  const look = t.mock.method(fs, 'stat')
  const app = express()
    .use(router)
    .use((_req, res) => void res.send(String(++asked)))
  await request(app).get('/topic/7-x/').expect(200)
  await request(app).get('/buildings/').expect(200)
  assert.equal(asked, 2)
  assert.equal(look.mock.callCount(), 0)
  await request(app).get('/favicon.svg').expect(200)
  assert.notEqual(look.mock.callCount(), 0)
})

test('without a build nothing breaks until a page asks for a file', t => {
  assert.throws(() => openAssets(folderOf(t, {})).url('main.css'), /was not built/)
})
