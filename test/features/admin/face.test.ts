import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isStyleSheet } from '../../../src/features/settings/custom-css.ts'
import { settings } from '../../../src/features/settings/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'

forumOnBothDatabases(
  'a forum that is closed for maintenance shows visitors that, and opens for administrators',
  async forum => {
    const [guest, admin, bea] = [forum.asGuest(), await forum.asAdmin(), await forum.asMember('Bea')]
    for (const round of [1, 2]) assert.equal((await guest.get('/topic/1/')).status, 200, `${round}`)
    await admin.get('/admin/settings/maintenance')
    await admin.press('Save settings', { maintenance: true, maintenance_text: 'New shelves are put up <b>today</b>.' })
    for (const visitor of [guest, bea]) {
      for (const path of ['/', '/topic/1/', '/register/', '/nothing', '/admin/', '/profile/1-ada/']) {
        const page = await visitor.get(path)
        assert.equal(page.status, 503, path)
        assert.match(page.text, /New shelves are put up <b>today<\/b>\./)
        assert.equal(page.has('link[rel=stylesheet]'), true)
      }
      const { headers } = await visitor.agent.get('/topic/1/')
      assert.equal(headers['retry-after'], '300')
      assert.equal(headers['cache-control'], 'no-store')
      const sent = await visitor.post('/topic/1/reply', { body: 'Typed at the wrong moment' })
      assert.equal(sent.status, 503)
      assert.match(sent.html, /Typed at the wrong moment/)
    }
    const plain = await guest.agent.get('/').set('Accept', 'text/plain')
    assert.deepEqual([plain.status, plain.type], [503, 'text/plain'])
    assert.equal((await guest.agent.get('/healthz')).status, 200)
    assert.match((await admin.get('/topic/1/')).text, /closed for maintenance: only administrators see it/)
    const later = await forum.asAdmin()
    assert.equal((await later.get('/admin/settings/maintenance')).status, 200)
    await later.press('Save settings', { maintenance: false })
    assert.equal((await guest.get('/topic/1/')).status, 200)
  },
)

forumOnBothDatabases(
  'an administrator gives the forum links, a small picture and a style sheet of its own',
  async forum => {
    const guest = forum.asGuest()
    const admin = await forum.asAdmin()
    await admin.get('/admin/settings/appearance')
    const css = 'body { background: url("/files/a.png") } .x { color: #777; background: #888 }'
    assert.doesNotMatch(admin.page.text, /Hard to read/)
    const saved = await admin.press('Save settings', {
      custom_css: css,
      header_links: 'Shop & more | https://shop.example.org/?a=1&b=2\n\nRules | /guidelines/',
      footer_links: 'Imprint|/imprint/',
    })
    assert.match(saved.text, /Hard to read[\s\S]*\.x\s*The text there has a contrast of 1\.2 to 1; 4\.5 is readable/)
    const index = await guest.get('/')
    assert.equal(index.link('Shop & more'), 'https://shop.example.org/?a=1&b=2')
    assert.equal(index.link('Imprint'), '/imprint/')
    const sheet = index.attribute('link[href^="/custom-css/"]', 'href') ?? ''
    const answer = await guest.agent.get(sheet)
    assert.deepEqual([answer.status, answer.type, answer.text], [200, 'text/css', css])
    assert.equal((await guest.agent.get('/custom-css/0000000000000000.css')).status, 404)
    const without = (page: { has(selector: string): boolean }) => !page.has('link[href^="/custom-css/"]')
    assert.ok(without(await guest.get('/?safe-css=1')))
    assert.ok(!without(await guest.get('/?safe%2Dcss=1')))
    assert.ok(!without(await guest.get('/')))
    for (const path of ['/admin/', '/admin/settings/appearance', '/admin/log'])
      assert.ok(without(await admin.get(path)), path)
    assert.ok(without(await guest.get('/login/')))

    await admin.get('/admin/settings/appearance')
    const wrong = {
      custom_css: 'a { background: url(https://evil.example/x) }',
      header_links: 'x | javascript:alert(1)',
    }
    const refused = await admin.press('Save settings', wrong)
    assert.equal(refused.status, 422)
    assert.equal(refused.form('Save settings').value('custom_css'), wrong.custom_css)
    assert.equal(refused.count('[role=alert] li'), 2)
    assert.equal((await settings(forum.db)).custom_css, css)
    const broken = await admin.press('Save settings', { custom_css: 'a { color }', header_links: '' })
    assert.match(broken.text, /The settings are saved[\s\S]*contrasts could not be looked at/)
  },
)

test('a style sheet stays on this site, whatever it hides its addresses in', () => {
  const good = [
    '',
    'a{b:url(/x.png)}',
    "a{b:url( '/x' )}",
    'a{b:url(data:image/png;base64,AAAA)}',
    'a{b:url(#id)} /* } */',
  ]
  for (const css of good) assert.ok(isStyleSheet(css), css)
  const bad = [
    '@import "/x.css";',
    '@IMPORT url(/x)',
    '@\\69mport "//x"',
    'a{b:url(//evil.example)}',
    'a{b:url("https://evil.example")}',
    'a{b:u\\72l(https://evil.example)}',
    'a{b:url(/\\2f evil.example)}',
    'a{b:ur/**/l(x)}a{b:url(/**/https://evil.example)}',
    'a{b:image-set("https://evil.example" 1x)}',
    'a{b:url(data:text/html,x)}',
    'a{b:url(javascript:x)}',
    'a{',
    'a{}}',
    '</style><script>',
  ]
  for (const css of bad) assert.ok(!isStyleSheet(css), css)
})
