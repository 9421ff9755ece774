import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { mailLayouts } from '../../../src/app/mail-layouts.ts'
import { exampleOf, phrasesOf, sendMail } from '../../../src/features/mail/index.ts'
import { defaultLocale, loadCatalog, placesIn } from '../../../src/platform/locale/index.ts'
import { inTransaction } from '../../../src/platform/store/index.ts'
import { letters } from '../../../src/work.ts'
import { forumOnBothDatabases } from '../../support/index.ts'

const reset = '/admin/mail/texts/accounts.reset'

forumOnBothDatabases(
  'an administrator changes what mails say, looks at it first, and puts it back',
  async forum => {
    const bea = await forum.member('Bea')
    for (const visitor of [forum.asGuest(), await forum.asMember('Mia', { group: 'Moderators' })]) {
      for (const path of ['/admin/mail/texts', '/admin/mail/sent', reset])
        assert.equal((await visitor.get(path)).status, 404)
      for (const path of [reset, `${reset}/reset`])
        assert.equal((await visitor.post(path, { text_0: 'Mine' })).status, 404)
    }
    const admin = await forum.asAdmin()
    await admin.get('/admin/mail')
    await admin.click('What mails say')
    await admin.click('Link for a new password')
    const subject = (page = admin.page) => page.form('Save').value('text_0')
    assert.equal(subject(), 'A new password for {forum}')

    const bad = { '': /must say something/, 'For {forum': /braces in this do not fit/, 'Now!': /\{forum\} is missing/ }
    for (const [text_0, words] of Object.entries({ ...bad, '{forum} {name}': /\{name\} could stand for.*\{forum\}/ })) {
      await admin.get(reset)
      const page = await admin.press('Save', { text_0 })
      assert.equal(page.status, 422)
      assert.match(page.text, words)
      assert.equal(subject(page), text_0, 'what was typed is kept')
    }
    await admin.get(reset)
    const typed = { text_0: 'Come <b>back</b> to {forum}', text_1: 'You’re welcome\n\nat {forum} & “elsewhere”' }
    const seen = await admin.press('Preview', typed)
    assert.match(seen.text, /Come <b>back<\/b> to The Porch.*You’re welcome\s+at The Porch & “elsewhere”/s)
    const html = await admin.press('Preview as HTML', typed)
    assert.match(html.html, /You’re welcome\n\nat The Porch &amp; “elsewhere”/)
    assert.match(html.headers['content-security-policy'] ?? '', /^sandbox; default-src 'none'/)
    assert.doesNotMatch(html.html, /<b>|<script/)
    await admin.get(reset)
    await admin.press('Send it to ada@example.org', typed)
    assert.equal(forum.office.mails.at(-1)?.subject, 'Come <b>back</b> to The Porch')
    assert.equal((await admin.get(reset)).form('Save').value('text_0'), 'A new password for {forum}', 'not saved yet')

    for (const _twice of [1, 2]) {
      await admin.get(reset)
      assert.match((await admin.press('Save', typed)).text, /From now on such mails say that/)
    }
    assert.match((await admin.get('/admin/mail/texts')).text, /Link for a new password\nCome <b>back<\/b>.*\n2 texts/)
    const mailToBea = async () => {
      await inTransaction(forum.db, tx => sendMail(tx, 'accounts.reset', { memberId: bea.id }))
      return (await forum.mails('bea@example.org')).at(-1)
    }
    const mail = await mailToBea()
    assert.equal(mail?.subject, 'Come <b>back</b> to The Porch')
    assert.match(mail?.html ?? '', /Set a new password<\/a>/)
    assert.match(
      (await admin.get('/admin/mail/sent')).text,
      /Bea\nLink for a new password\n.*\nTaken by the mail server/,
    )
    assert.match((await admin.get('/admin/log')).text, /From now on such mails say that/)
    await admin.get(reset)
    await admin.press('Put back what it came with')
    assert.equal((await mailToBea())?.subject, 'A new password for The Porch')
    for (const path of [`${reset}x`, '/admin/mail/texts/__proto__'])
      assert.equal((await admin.get(path)).status, 404, path)
    assert.equal((await admin.post('/admin/mail/texts/none/reset')).status, 404)
  },
  { mail: true },
)

test('every mail that is sent can be changed, in all its words, and shown with an example', () => {
  assert.deepEqual(Object.keys(mailLayouts).sort(), Object.keys(letters).sort())
  const phrases = loadCatalog(defaultLocale)
  const shown = new Set(Object.values(mailLayouts).flatMap(phrasesOf))
  const given = { forum: 'The Porch', time: 'now', date: 'then' }
  for (const key of shown) {
    const phrase = phrases.get(key)
    assert.ok(phrase !== undefined, key)
    for (const place of placesIn(phrase)) assert.ok(exampleOf(place, given), `${key}: nothing stands for ${place}`)
  }
  const written = globSync('src/features/**/{letters,rule-letter}.ts').flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/'(\w+\.\w+)'/g)].map(([, key = '']) => key),
  )
  const keys = written.filter(key => phrases.has(key) && !(key in letters) && key !== 'accounts.device_unknown')
  assert.deepEqual(
    keys.filter(key => !shown.has(key)),
    [],
  )
})
