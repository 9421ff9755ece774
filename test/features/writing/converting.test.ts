import assert from 'node:assert/strict'
import { forumOnBothDatabases, type Visitor } from '../../support/index.ts'

const everything = [
  'Words in **bold**, _italics_, ++underlined++, ~~struck~~, ||hidden||, `code` and [a link](https://example.org/a).\nA line.',
  '## Large\n\n### Small',
  '- one\n  - two\n- [ ] to do\n- [x] done\n\n3. three\n4. four',
  '> [Ann wrote:](/post/678)\n>\n> Her words\n\n> Words of nobody',
  '||\nHidden\n\nparagraphs\n||',
  '```js\nconst a = 1 < 2\n```',
  '| plant | litres |\n| --- | --: |\n| fig | 40 |',
  '---',
  '![a fig](https://example.org/fig.jpg) for @[Ann](/profile/7)',
  'https://example.org/shown',
].join('\n\n')

function ask({ agent }: Visitor, fields: Record<string, string>) {
  return agent.post('/compose/convert').set('Sec-Fetch-Site', 'same-origin').type('form').send(fields)
}

async function convert(visitor: Visitor, body: string, format: string) {
  const answer = await ask(visitor, { body, format })
  return answer.body as { body: string; format: string }
}

forumOnBothDatabases('A text is to be had in the other format, and back, with nothing lost', async forum => {
  const guest = forum.asGuest()
  const html = await convert(guest, everything, 'markdown')
  assert.equal(html.format, 'html')
  for (const part of ['<h4>Small</h4>', '<li class="task">', 'data-post="678"', 'class="mention"', 'class="embed"']) {
    assert.ok(html.body.includes(part), part)
  }
  assert.deepEqual(await convert(guest, html.body, 'html'), { body: everything, format: 'markdown' })
  const hostile = '<p onclick="a()">x<script>b()</script><img src="data:image/png;base64,AA"></p>'
  assert.equal((await convert(guest, hostile, 'html')).body, 'x')
  const long = 'A word or two.\n\n'.repeat(1000).trim()
  assert.equal((await convert(guest, (await convert(guest, long, 'markdown')).body, 'html')).body, long)
})

forumOnBothDatabases('Converting is for our own pages, within limits', async forum => {
  const guest = forum.asGuest()
  const status = async (fields: Record<string, string>) => (await ask(guest, fields)).status
  assert.equal(await status({ body: 'x' }), 422)
  assert.equal(await status({ body: 'x', format: 'docx' }), 422)
  assert.equal(await status({ body: 'x'.repeat(950_000), format: 'html' }), 422)
  assert.equal(await status({ body: '<b>'.repeat(20_000), format: 'html' }), 422)
  const foreign = await guest.agent
    .post('/compose/convert')
    .set('Sec-Fetch-Site', 'cross-site')
    .type('form')
    .send({ body: 'x', format: 'markdown' })
  assert.equal(foreign.status, 403)
  const statuses = await Promise.all(Array.from({ length: 250 }, () => status({ body: 'x', format: 'markdown' })))
  assert.ok(statuses.includes(200) && statuses.includes(429), statuses.join())
  const other = await forum.asMember('Bea')
  assert.equal((await ask(other, { body: 'x', format: 'markdown' })).status, 200)
})

forumOnBothDatabases('The tools of the editor come in once', async forum => {
  const { agent } = forum.asGuest()
  const tools = await agent.get('/compose/tools')
  assert.deepEqual([tools.status, /<html|<main/.test(tools.text)], [200, false])
  assert.match(tools.text, /aria-label="Bold"/)
  assert.equal((await agent.get('/compose/tools').set('If-None-Match', tools.headers.etag ?? '')).status, 304)
})

forumOnBothDatabases(
  'What the rich editor sent can be read and edited without it, wherever it ends up',
  async forum => {
    const rich = { body: '<p>Water <strong>early</strong></p><ul><li><p>figs</p></li></ul>', format: 'html' }
    const markdown = 'Water **early**\n\n- figs'
    const guest = forum.asGuest()
    const claim = await guest.post('/topic/1/reply', rich)
    assert.deepEqual(claim.texts('main .prose strong'), ['early'])
    await guest.click('Edit')
    assert.equal(guest.page.form('Save').value('body'), markdown)
    assert.equal(guest.page.form('Save').value('format'), 'markdown')
    assert.deepEqual((await guest.press('Save')).texts('main .prose li'), ['figs'])

    const refused = await guest.post('/forum/4/new-topic', { ...rich, title: '' })
    assert.equal(refused.status, 422)
    assert.equal(refused.form('Submit Topic').value('body'), markdown)
    assert.ok(refused.has('text-editor[data-again]'))
    const endless = await guest.post('/topic/1/reply', { body: '<b>'.repeat(20_000), format: 'html' })
    assert.deepEqual([endless.status, endless.form('Submit Reply').value('format')], [422, 'html'])

    const bea = await forum.asMember('Bea')
    const { url } = await bea.post('/topic/1/reply', rich)
    const id = url.split('#post-')[1]
    await bea.get(`/post/${id}/edit`)
    assert.equal(bea.page.form('Save').value('body'), markdown)
    const before = await forum.db.selectFrom('posts').select('html').where('id', '=', Number(id)).executeTakeFirst()
    await bea.press('Save')
    await bea.get(`/post/${id}/edit`)
    await bea.post(`/post/${id}/edit`, { ...rich, base: bea.page.form('Save').value('base') })
    const after = await forum.db.selectFrom('posts').select('html').where('id', '=', Number(id)).executeTakeFirst()
    assert.deepEqual(after, before)
    assert.deepEqual(await forum.db.selectFrom('post_versions').selectAll().execute(), [])
  },
)

forumOnBothDatabases('Whoever sends rich texts without end has them taken as they are', async forum => {
  const guest = forum.asGuest()
  const send = (body: string) => guest.post('/forum/4/new-topic', { title: '', body, format: 'html' })
  const formatOf = async (body: string) => (await send(body)).form('Submit Topic').value('format')
  assert.equal(await formatOf('<p>One</p>'), 'markdown')
  const many = `<p>${'x'.repeat(8000)}</p>`
  for (let n = 0; n < 60; n++) await ask(guest, { body: many, format: 'html' })
  assert.equal((await ask(guest, { body: many, format: 'html' })).status, 429)
  assert.equal(await formatOf('<p>Two</p>'), 'markdown')
  for (let n = 0; n < 60; n++) await guest.post('/nowhere', { body: many, format: 'html' })
  assert.equal(await formatOf('<p>Three</p>'), 'html')
})
