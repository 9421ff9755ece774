import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { settings } from '../../../src/features/settings/index.ts'
import { forumOnBothDatabases, type Visitor } from '../../support/index.ts'

const path = '/admin/settings/appearance/logo'

/** Dark letters on nothing, with a note of where they were drawn. */
async function drawing(width: number, height: number): Promise<Buffer> {
  const ink = await sharp({ create: { width: width / 2, height: height / 2, channels: 4, background: '#123' } })
    .png()
    .toBuffer()
  return sharp({ create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .composite([{ input: ink, left: 1, top: 1 }])
    .withExif({ IFD0: { Copyright: 'Secret place' } })
    .png()
    .toBuffer()
}

async function send(visitor: Visitor, bytes?: Buffer, name = 'logo.png', site = 'same-origin') {
  const request = visitor.agent.post(path).set('Sec-Fetch-Site', site).redirects(0)
  return bytes ? request.attach('logo', bytes, name) : request.attach('logo', Buffer.alloc(0), { filename: '' })
}

forumOnBothDatabases('only an administrator changes the logo, and only from the forum’s own page', async forum => {
  const bytes = await drawing(90, 30)
  const moderator = await forum.asMember('Mia', { group: 'Moderators' })
  for (const visitor of [forum.asGuest(), await forum.asMember('Bea'), moderator]) {
    assert.equal((await send(visitor, bytes)).status, 404)
    assert.equal((await visitor.post(`${path}/remove`)).status, 404)
  }
  const admin = await forum.asAdmin()
  assert.equal((await send(admin, bytes, 'logo.png', 'cross-site')).status, 403)
  assert.equal((await send(admin, bytes, 'logo.png', 'same-site')).status, 403)
  assert.equal((await settings(forum.db)).logo, null)
  assert.doesNotMatch((await forum.asGuest().get('/')).html, /<img|\/files\//)
})

forumOnBothDatabases('a logo stands on every page instead of the name, until it is removed', async forum => {
  const guest = forum.asGuest()
  for (const round of [1, 2]) assert.deepEqual((await guest.get('/')).texts('.brand'), ['The Porch'], `${round}`)
  const admin = await forum.asAdmin()
  const before = await admin.get('/admin/settings/appearance')
  assert.match(before.text, /There is no logo/)
  assert.equal(before.attribute(`form[action="${path}"]`, 'enctype'), 'multipart/form-data')
  const bytes = await drawing(1200, 150)
  for (const _twice of [1, 2]) assert.equal((await send(admin, bytes, 'notes.txt')).status, 303)
  assert.match((await admin.get('/admin/settings/appearance')).text, /The logo is on every page now\./)

  const page = await guest.get('/')
  const src = page.attribute('.brand img', 'src') ?? ''
  const shown = ['alt', 'width', 'height', 'class'].map(name => page.attribute('.brand img', name))
  assert.deepEqual(shown, ['The Porch', '320', '40', 'plate-dark'])
  assert.equal(page.has('.brand .icon'), false)
  assert.equal(readdirSync(join(forum.config.dataDir, 'files')).length, 1)
  const file = await guest.agent.get(src)
  assert.deepEqual([file.status, file.headers['content-type']], [200, 'image/png'])
  const { width, height, exif } = await sharp(file.body).metadata()
  assert.deepEqual([width, height, exif], [960, 120, undefined])
  assert.ok(!file.body.includes('Secret'))
  assert.equal(file.headers['set-cookie'], undefined)
  assert.equal(file.headers['content-security-policy'], "sandbox; default-src 'none'")

  await admin.get('/admin/settings/appearance')
  assert.match((await admin.press('Remove logo')).text, /The logo is removed\./)
  assert.equal((await admin.post(`${path}/remove`)).status, 200)
  assert.deepEqual((await guest.get('/')).texts('.brand'), ['The Porch'])
})

forumOnBothDatabases('what cannot be a logo is refused with a word why, and the old one stays', async forum => {
  const admin = await forum.asAdmin()
  await send(admin, await drawing(20, 10))
  const { logo } = await settings(forum.db)
  assert.deepEqual([logo?.width, logo?.height], [20, 10])
  const png = await drawing(400, 400)
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>')
  const refused: [Buffer | undefined, string, RegExp][] = [
    [undefined, '', /Choose a file first\./],
    [svg, 'logo.svg', /an SVG must be saved as a PNG first/],
    [Buffer.from('<!doctype html><script>alert(1)</script>'), 'logo.png', /This is no picture/],
    [png.subarray(0, png.length - 100), 'logo.png', /This is no picture/],
    [Buffer.alloc(4 * 1024 * 1024 + 1), 'logo.png', /This file is too big: it may have at most 4,096 KB\./],
  ]
  for (const [bytes, name, why] of refused) {
    const { status, text } = await send(admin, bytes, name)
    assert.equal(status, 422, name)
    assert.match(text, why)
    assert.match(text, /aria-invalid="true"/)
    assert.match(text, /id="field-logo-error"/)
  }
  const empty = await admin.post(path, {})
  assert.equal(empty.status, 422)
  const cut = await admin.agent
    .post(path)
    .set({ 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'multipart/form-data; boundary=b' })
    .send('--b\r\nContent-Disposition: form-data; name="logo"; filename="x"\r\n\r\nhalf')
  assert.equal(cut.status, 422)
  assert.match(cut.text, /did not arrive as a whole/)
  assert.deepEqual((await settings(forum.db)).logo, logo)
})
