import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import express, { type Request } from 'express'
import { openPage, Visitor } from './index.ts'

const form = `<!doctype html><title>A &amp; B</title>
<h1>Write <em>here</em></h1><p hidden>secret</p><script>no()</script><noscript><p>plain</p></noscript>
<a href="/gone/">Go on</a>
<form id="f" method="post" action="/sent">
  <label for="name">Your name</label><input id="name" name="name" value="Ann">
  <label>Text <textarea name="text">
one
two</textarea></label>
  <label>Colour <select name="colour"><option value="r">Red<option value="g" selected>Green</select></label>
  <label><input type="checkbox" name="agree" value="1"> Agreed</label>
  <fieldset><label><input type="radio" name="size" value="s" checked> Small</label>
  <label><input type="radio" name="size" value="l"> Large</label></fieldset>
  <fieldset disabled><input name="never" value="x"></fieldset>
  <input type="hidden" name="hidden" value="kept">
  <button name="do" value="preview" formaction="/preview">Preview</button>
  <button name="do" value="send">Send</button>
</form>
<input type="checkbox" name="pick" value="7" form="f" aria-label="Pick 7"><input name="stranger">`

async function site(t: TestContext): Promise<string> {
  const app = express().use(express.urlencoded())
  const told = (req: Request) => ({ path: req.path, body: req.body, query: req.query, headers: req.headers })
  app.get('/form', (_req, res) => void res.send(form))
  app.post(['/sent', '/preview'], (req, res) => void res.json(told(req)))
  app.get('/set', (_req, res) => void res.cookie('taste', 'sweet', { httpOnly: true }).redirect(303, '/form#f'))
  app.get('/circle', (_req, res) => void res.redirect('/circle'))
  app.get('/away', (_req, res) => void res.redirect('https://elsewhere.example/'))
  app.get('/told', (req, res) => void res.json(told(req)))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('A visitor reads what a browser without JavaScript shows', async t => {
  const visitor = new Visitor(await site(t))
  const page = await visitor.get('/form')
  assert.equal(page.status, 200)
  assert.equal(page.title, 'A & B')
  assert.equal(page.h1, 'Write here')
  assert.match(page.text, /^Write here\nplain\nGo on\n/)
  assert.doesNotMatch(page.text, /secret|no\(\)/)
  assert.ok(page.has('form textarea') && !page.has('form form'))
  assert.equal(page.link('Go on'), '/gone/')
  assert.throws(() => page.link('Go back'), /No link "Go back".*Go on/)
})

test('A form sends what a browser would send', async t => {
  const visitor = new Visitor(await site(t))
  await visitor.get('/form')
  const filled = visitor.page
    .form('Send')
    .fill({ 'Your name': 'Bea', agree: true, size: 'Large', colour: 'Red', pick: true })
  assert.equal(filled.value('Text'), 'one\ntwo')
  const { body, path, headers } = JSON.parse((await filled.submit('Send')).html)
  assert.equal(path, '/sent')
  assert.deepEqual(body, {
    name: 'Bea',
    text: 'one\r\ntwo',
    colour: 'r',
    agree: '1',
    size: 'l',
    hidden: 'kept',
    do: 'send',
    pick: '7',
  })
  assert.equal(headers.origin, visitor.url)
  assert.equal(headers['sec-fetch-site'], 'same-origin')
  assert.equal(headers.referer, `${visitor.url}/form`)
})

test('Another button sends the form elsewhere, and Enter presses the first', async t => {
  const visitor = new Visitor(await site(t))
  await visitor.get('/form')
  const { body, path } = JSON.parse((await visitor.page.form('#f').submit()).html)
  assert.equal(path, '/preview')
  assert.deepEqual(body, { name: 'Ann', text: 'one\r\ntwo', colour: 'g', size: 's', hidden: 'kept', do: 'preview' })
})

test('What is not there cannot be filled in or pressed', async t => {
  const visitor = new Visitor(await site(t))
  const page = await visitor.get('/form')
  assert.throws(() => page.form('Publish'), /No form "Publish".*Preview, Send/)
  assert.throws(() => page.form('Send').fill({ Age: '7' }), /No field is called "Age".*Your name \[name\]/)
  assert.throws(() => page.form('Send').fill({ never: 'x' }), /No field/)
  assert.throws(() => page.form('Send').fill({ colour: 'Blue' }), /no choice "Blue"/)
})

test('Cookies stay and redirects are followed', async t => {
  const visitor = new Visitor(await site(t))
  const page = await visitor.get('/set')
  assert.equal(page.url, '/form#f')
  assert.deepEqual(visitor.redirects, [{ status: 303, to: '/form#f' }])
  assert.equal(visitor.cookie('taste'), 'sweet')
  assert.match((await visitor.get('/told')).html, /taste=sweet/)
  visitor.dropCookies('taste')
  assert.equal(visitor.cookie('taste'), undefined)
  await assert.rejects(() => visitor.get('/circle'), /in circles/)
  assert.equal((await visitor.get('/away')).status, 302)
})

test('A visitor by another name says less about itself, as browsers do', async t => {
  const visitor = new Visitor(await site(t), { host: 'forum.example', address: '203.0.113.7' })
  const { headers } = JSON.parse((await visitor.get('/told')).html)
  assert.equal(headers.host, 'forum.example')
  assert.equal(headers['sec-fetch-site'], undefined)
  assert.equal(headers['x-forwarded-for'], '203.0.113.7')
  const sent = JSON.parse((await visitor.post('/sent', { a: ['1', '2'] })).html)
  assert.equal(sent.headers.origin, 'http://forum.example')
  assert.deepEqual(sent.body, { a: ['1', '2'] })
})

test('A real browser opens the same page', async t => {
  const page = await openPage(t, { expectErrors: /404|no is not defined/ })
  await page.goto(`${await site(t)}/form`)
  assert.equal(await page.title(), 'A & B')
})
