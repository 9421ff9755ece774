import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import express from 'express'
import sharp, { type Color } from 'sharp'
import request from 'supertest'
import { Invalid } from '../../src/platform/errors.ts'
import { fileRoutes, openFiles, readPicture, readUpload } from '../../src/platform/files/index.ts'
import { serve } from '../../src/platform/http/index.ts'

const box = { width: 300, height: 120 }
const blank = (width: number, height: number, background: Color = '#1a5fb4') =>
  sharp({ create: { width, height, channels: 4, background } })

const read = (bytes: Buffer) => readPicture({ field: 'logo', bytes }, box)

/** A web that keeps whatever arrives in the field `logo`, and says what it read. */
function uploading(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-files-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const files = openFiles(join(folder, 'files'))
  const app = express()
  app.use(fileRoutes(files))
  app.post('/', async (req, res) => {
    const { body, file, fault } = await readUpload(req, { field: 'logo', maxBytes: 2000 })
    res.json({ body, size: file?.bytes.length ?? null, fault: fault?.key ?? null })
  })
  return { app, files, folder }
}

/** A PNG that says it has so many pixels and holds a few bytes of them. */
function bomb(width: number, height: number): Buffer {
  const png = Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.concat([number(width), number(height), Buffer.from([8, 6, 0, 0, 0])])),
    chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return png
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  return Buffer.concat([number(data.length), body, number(crc(body))])
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return (sum ^ 0xffffffff) >>> 0
}

test('pictures of every kind are made anew: upright, small enough, and silent about where they were taken', async () => {
  const gps = { IFD0: { Copyright: 'Secret place' }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } }
  const photo = await blank(600, 400).withExif(gps).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  assert.ok(photo.includes('Exif'))
  const upright = await read(photo)
  assert.deepEqual([upright.kind, upright.width, upright.height], ['jpg', 80, 120])
  assert.ok(!upright.bytes.includes('Exif') && !upright.bytes.includes('Secret'))
  const { exif, orientation } = await sharp(upright.bytes).metadata()
  assert.deepEqual([exif, orientation], [undefined, undefined])

  const kinds = { png: 'png', webp: 'webp', avif: 'webp', gif: 'png' } as const
  for (const [format, kind] of Object.entries(kinds)) {
    const picture = await read(
      await blank(600, 100)
        .toFormat(format as keyof typeof kinds)
        .toBuffer(),
    )
    assert.deepEqual([picture.kind, picture.width, picture.height], [kind, 300, 50], format)
  }
  const tiny = await read(await blank(10, 10).png().toBuffer())
  assert.deepEqual([tiny.width, tiny.height, tiny.plate], [10, 10, 'none'])
})

test('what is no picture is told so, whatever it is called', async () => {
  const png = await blank(500, 500).png().toBuffer()
  const wrong = {
    svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>'),
    'svg with a declaration': Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>'),
    html: Buffer.from('<!doctype html><script>alert(1)</script>'),
    truncated: png.subarray(0, png.length - 200),
    nothing: Buffer.alloc(0),
    tiff: await blank(9, 9)
      .tiff()
      .toBuffer()
      .catch(() => Buffer.from('II*\0')),
    pdf: Buffer.from('%PDF-1.4\n'),
  }
  for (const [name, bytes] of Object.entries(wrong)) {
    await assert.rejects(read(bytes), new Invalid({ logo: { key: 'files.no_picture' } }), name)
  }
  for (const size of [100_000, 2 ** 31 - 1]) {
    const began = Date.now()
    await assert.rejects(read(bomb(size, size)), Invalid)
    assert.ok(Date.now() - began < 2000)
  }
})

test('a picture that the page shines through gets a plate where it would not be seen', async () => {
  const onNothing = async (colours: string[]) => {
    const parts = await Promise.all(colours.map(colour => blank(10, 10, colour).png().toBuffer()))
    const composed = parts.map((input, at) => ({ input, left: at * 10, top: 5 }))
    const sign = blank(40, 20, { r: 0, g: 0, b: 0, alpha: 0 }).composite(composed)
    return (await read(await sign.png().toBuffer())).plate
  }
  assert.equal(await onNothing(['#111', '#102040']), 'dark')
  assert.equal(await onNothing(['#ffb000', '#111']), 'dark')
  assert.equal(await onNothing(['#fff', '#eee']), 'light')
  assert.equal(await onNothing(['#1a78d0', '#fff']), 'none')
  assert.equal(await onNothing([]), 'none')
})

test('a form with a file is read, as far as it can be', async t => {
  const { app } = uploading(t)
  const post = () => request(app).post('/')
  const sound = await post().field('a', 'Ä').field('b', '1').field('b', '2').attach('logo', Buffer.alloc(2000), 'x.png')
  assert.deepEqual(sound.body, { body: { a: 'Ä', b: ['1', '2'] }, size: 2000, fault: null })
  const big = await post().field('a', '1').attach('logo', Buffer.alloc(50_000), 'x.png').field('z', '2')
  assert.deepEqual(big.body, { body: { a: '1', z: '2' }, size: null, fault: 'files.too_big' })
  const endless = await post().attach('logo', Buffer.alloc(18_000_000), 'x.png').field('z', '2')
  assert.equal(endless.body.fault, 'files.too_big')
  const two = await post().attach('logo', Buffer.alloc(9), 'x').attach('logo', Buffer.alloc(9), 'y').field('z', '2')
  assert.deepEqual(two.body, { body: { z: '2' }, size: null, fault: 'files.too_many' })
  const elsewhere = await post().attach('other', Buffer.alloc(9), 'x').field('__proto__', 'x')
  assert.deepEqual([elsewhere.body.size, elsewhere.body.fault], [null, null])
  const none = await post().field('a', '1').attach('logo', Buffer.alloc(0), { filename: '' })
  assert.deepEqual(none.body, { body: { a: '1' }, size: null, fault: null })
  const long = await post().field('a', 'x'.repeat(1_100_000)).field('z', '2')
  assert.deepEqual(long.body, { body: { z: '2' }, size: null, fault: 'files.text_too_big' })
  const nulls = await post().field('a', '\0').field('z', '2')
  assert.deepEqual(nulls.body, { body: { z: '2' }, size: null, fault: 'files.broken' })
})

test('a form that is broken or cut off is told so, and nothing waits for it', async t => {
  const { app } = uploading(t)
  const type = 'multipart/form-data; boundary=b'
  const part = (name: string, more = '') => `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`
  const broken = {
    'no boundary': ['multipart/form-data', ''],
    'no end': [type, `${part('a')}1\r\n${part('logo', '; filename="x"')}half`],
    empty: [type, ''],
    'no parts': [type, 'hello'],
    'a broken header': [type, '--b\r\n\x01: x\r\n\r\n1\r\n--b--'],
  }
  for (const [name, [header = '', text = '']] of Object.entries(broken)) {
    const { body } = await request(app).post('/').set('Content-Type', header).send(text)
    assert.equal(body.fault, 'files.broken', name)
  }
  const serving = await serve(app, { host: '127.0.0.1', port: 0 })
  const socket = connect(serving.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: 999\r\n\r\n${part('a')}1`)
  await new Promise(resolve => socket.once('connect', resolve))
  socket.destroy()
  await serving.stop(5000)
})

test('a file is kept once under the name of its content, and served as what it is and nothing more', async t => {
  const { app, files, folder } = uploading(t)
  const bytes = await blank(9, 9).png().toBuffer()
  const path = await files.keep(bytes, 'png')
  assert.match(path, /^\/files\/[0-9a-f]{64}\.png$/)
  const again = await Promise.all([files.keep(bytes, 'png'), files.keep(bytes, 'png')])
  assert.deepEqual(again, [path, path])
  assert.deepEqual(readdirSync(files.folder), [path.slice('/files/'.length)])
  const answer = await request(app).get(path).expect(200)
  assert.ok(bytes.equals(answer.body))
  assert.equal(answer.headers['content-type'], 'image/png')
  assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(answer.headers['content-security-policy'], "sandbox; default-src 'none'")
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  await request(app).head(path).expect(200)
  assert.equal((await request(app).get(path).set('Range', 'bytes=0-1')).status, 200)

  writeFileSync(join(folder, 'secret.png'), 'x')
  writeFileSync(join(files.folder, 'other.png'), 'x')
  const name = path.slice('/files/'.length)
  const nowhere = ['/files/', '/files', '/files/other.png', `/files/${'0'.repeat(64)}.png`, '/files/../secret.png']
  nowhere.push('/files/..%2Fsecret.png', '/files/%2e%2e/secret.png', `/files/${name}/`, `/files/x/${name}`)
  nowhere.push(`${path}.html`, path.replace('.png', '.svg'), path.replace('.png', '.jpg'), `/files/${name}%00`)
  for (const address of nowhere) {
    const { status, headers } = await request(app).get(address)
    if (address !== `/files/${name}/`) assert.equal(status, 404, address)
    if (status === 404) assert.equal(headers['cache-control'], 'no-store', address)
  }
  await request(app).post(path).expect(404)
  assert.ok(readFileSync(join(files.folder, name)).equals(bytes))
})
