import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { stopMail } from '../../../src/features/mail/index.ts'
import { settings } from '../../../src/features/settings/index.ts'
import { runDueJobs } from '../../../src/platform/jobs/index.ts'
import { defaultLocale, loadCatalog } from '../../../src/platform/locale/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { letters } from '../../../src/work.ts'
import { forumOnBothDatabases, type Page, postOffice, type Visitor } from '../../support/index.ts'
import { jobsOf, order, testJobs } from './letters.ts'

const failed = '#failed'
const stopped = '#stopped'

forumOnBothDatabases('whoever does not administer the forum finds nothing about its mail', async ({ db, ...forum }) => {
  await inTransaction(db, tx => stopMail(tx, 'eve@example.org', { scope: 'all', answer: 'gone' }))
  const moderator = await forum.asMember('Mia', { group: 'Moderators' })
  for (const visitor of [forum.asGuest(), moderator]) {
    assert.equal((await visitor.get('/admin/mail')).status, 404)
    const fields = { email: 'eve@example.org', scope: 'all', to: 'eve@example.org', smtp_url: 'smtp://evil.example' }
    for (const path of ['', '/test', '/lift', '/failed/retry', '/failed/1/retry', '/failed/1/forget']) {
      assert.equal((await visitor.post(`/admin/mail${path}`, fields)).status, 404, path)
    }
  }
  assert.equal((await settings(db)).smtp_url, '')
  assert.equal((await db.selectFrom('mail_stops').selectAll().execute()).length, 1)
})

forumOnBothDatabases('an administrator sets up mail, tries it, and never sees the password again', async (forum, t) => {
  const office = await postOffice(t, { user: 'stoa', password: 'open sesame' })
  const admin = await forum.asAdmin()
  assert.match((await admin.get('/admin/')).text, /Mail cannot be sent yet\. So nobody is asked to prove an email/)
  await admin.click('Set up mail')
  assert.match(admin.page.text, /no mail server is set/)
  const kept = await admin.press('Send test mail')
  assert.match(kept.text, /A mail to ada@example\.org was not sent but written to the file \S+\.eml/)
  assert.equal(readdirSync(join(forum.config.dataDir, 'mail')).length, 1)

  for (const [typed, shown] of [
    ['mail.example.org', 'mail.example.org'],
    ['smtp://me:typed secret@mail.example.org/path', 'smtp://me:@mail.example.org/path'],
    ['smtp://me:********@mail.example.org', 'smtp://me:********@mail.example.org'],
  ] as const) {
    await admin.get('/admin/mail')
    const page = await admin.press('Save settings', { smtp_url: typed, mail_from: 'no address' })
    assert.equal(page.status, 422)
    const form = page.form('Save settings')
    assert.deepEqual([form.value('smtp_url'), form.value('mail_from')], [shown, 'no address'])
    assert.equal(page.count('[aria-invalid=true]'), 2)
    assert.doesNotMatch(page.html, /typed secret/)
  }
  assert.equal((await settings(forum.db)).smtp_url, '')

  await admin.get('/admin/mail')
  await admin.press('Save settings', { smtp_url: office.url, mail_from: 'porch@example.org' })
  assert.match(admin.page.text, new RegExp(`Mail is sent through 127\\.0\\.0\\.1:${office.port}`))
  const masked = office.url.replace('open%20sesame', '********')
  assert.equal(admin.page.form('Save settings').value('smtp_url'), masked)
  await admin.press('Save settings')
  assert.equal((await settings(forum.db)).smtp_url, office.url)

  const page = await admin.press('Send test mail', { 'Send a test mail to': 'eve@example.org' })
  assert.match(page.text, /The mail server took a mail to eve@example\.org and said: 250 2\.0\.0 Taken/)
  const [mail] = office.mails
  assert.deepEqual([mail?.from, mail?.subject], ['porch@example.org', 'Test mail from The Porch'])
  assert.equal(mail?.link(/admin/), `${forum.url}/admin/mail`)
  assert.doesNotMatch((await admin.get('/admin/')).text, /Mail cannot be sent/)

  office.refuse('eve@example.org', 550, '5.1.1 Nobody <b>here</b>')
  await admin.get('/admin/mail')
  const refused = await admin.press('Send test mail', { to: 'eve@example.org' })
  assert.equal(refused.status, 422)
  assert.match(refused.text, /The test mail was not sent\. The answer was: 550 5\.1\.1 Nobody <b>here<\/b>/)
  assert.equal(refused.form('Send test mail').value('to'), 'eve@example.org')
  assert.equal((await admin.press('Send test mail', { to: 'eve' })).status, 422)

  const elsewhere = `smtp://stoa:********@mail.example.org:${office.port}`
  const stolen = await admin.press('Save settings', { smtp_url: elsewhere })
  assert.equal(stolen.status, 422)
  assert.match(stolen.text, /Type the password/)
  await admin.get('/admin/mail')
  await admin.press('Save settings', { smtp_url: office.url.replace('open%20sesame', 'wrong') })
  const wrong = await admin.press('Send test mail')
  assert.match(wrong.text, /The answer was: 535 5\.7\.8 No such name and password: \*\*\*/)
  assert.doesNotMatch(wrong.html, /wrong@|sesame/)
})

forumOnBothDatabases(
  'links in mails carry the public address whatever the request says it came for',
  async forum => {
    const admin = await forum.asAdmin()
    const { status } = await admin.agent
      .post('/admin/mail/test')
      .redirects(0)
      .type('form')
      .send({ to: 'eve@example.org' })
      .set({ Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', 'Sec-Fetch-Site': 'same-origin' })
    assert.equal(status, 303)
    const [mail] = forum.office.mails
    assert.ok(mail)
    assert.ok(mail.links.every(link => link.startsWith(`${forum.url}/`)))
    assert.doesNotMatch(JSON.stringify(mail), /evil/)
  },
  { mail: true },
)

forumOnBothDatabases(
  'the page says when the environment names the mail server, and stores nothing of it',
  async ({ db, config, asAdmin }) => {
    const admin = await asAdmin()
    const page = await admin.get('/admin/mail')
    assert.match(page.text, /SMTP_URL in the environment says smtp:\/\/me:\*{8}@mail\.example\.org, and that counts/)
    assert.deepEqual(page.form('Save settings').names.includes('smtp_url'), false)
    await admin.press('Save settings', { mail_from: 'porch@example.org' })
    await admin.post('/admin/mail', { smtp_url: 'smtp://evil.example', mail_from: 'porch@example.org' })
    assert.equal((await admin.get('/admin/settings/mail')).url, '/admin/mail')
    assert.equal((await admin.post('/admin/settings/mail', { smtp_url: 'smtp://x.org', mail_from: '' })).status, 404)
    const rows = await db.selectFrom('settings').select('key').execute()
    assert.deepEqual(
      rows.filter(({ key }) => /mail|smtp/.test(key)).map(({ key }) => key),
      ['mail_from'],
    )
    assert.equal((await settings(db)).smtp_url, config.smtpUrl)
    for (const path of ['/admin/', '/admin/mail', '/admin/settings', '/admin/settings/accounts']) {
      assert.doesNotMatch((await admin.get(path)).html, /sesame/)
    }
  },
  { config: { smtpUrl: 'smtp://me:open-sesame@mail.example.org' } },
)

test('an administrator reads in words which mail could not be sent', () => {
  const phrases = loadCatalog(defaultLocale)
  const bare = Object.keys(letters).filter(kind => !phrases.has(`mail.kind_${kind.replaceAll('.', '_')}`))
  assert.deepEqual(bare, [])
})

async function giveUp(db: Db): Promise<void> {
  await db.updateTable('jobs').set({ attempts: 5 }).where('failed_at', 'is', null).execute()
  await runDueJobs(db, testJobs).catch(() => {})
}

async function rowsOf(admin: Visitor, list: string): Promise<string[]> {
  const page: Page = await admin.get('/admin/mail')
  return page.texts(`${list} tbody tr`)
}

forumOnBothDatabases(
  'what was given up and who gets no mail is listed, tried again, forgotten and lifted',
  async forum => {
    const { db, office } = forum
    const admin = await forum.asAdmin()
    const bea = await forum.member('Bea')
    await runDueJobs(db, testJobs)
    for (const to of ['bea@example.org', 'carl@example.org']) office.refuse(to, 451)
    await order(db, 'test.greeting', { memberId: bea.id })
    await order(db, 'test.greeting', { claimId: 1, to: 'carl@example.org' })
    await order(db, 'accounts.reset', { memberId: bea.id })
    assert.match((await admin.get('/admin/mail')).text, /3 mails wait to be sent/)
    await giveUp(db)
    assert.match((await admin.get('/admin/')).text, /3 mails could not be sent/)
    const rows = await rowsOf(admin, failed)
    assert.equal(rows.length, 3)
    assert.ok(
      rows.some(row => /^Bea Link for a new password /.test(row)),
      rows.join(),
    )
    assert.ok(
      rows.some(row => /^Bea test\.greeting .* 6 451 4\.2\.1 The mailbox is busy/.test(row)),
      rows[0],
    )
    assert.ok(rows.some(row => /^A guest test\.greeting/.test(row)))
    await db.deleteFrom('jobs').where('payload', 'like', '%accounts.reset%').execute()

    office.accept()
    const id = (await jobsOf(db))[0]?.id
    for (const words of [/The mail is tried again/, /deleted already/]) {
      assert.match((await admin.post(`/admin/mail/failed/${id}/retry`)).text, words)
    }
    await runDueJobs(db, testJobs)
    assert.equal(office.mails.at(-1)?.to, 'bea@example.org')
    await admin.get('/admin/mail')
    assert.match((await admin.press('Forget A guest')).text, /The mail is forgotten.*None was given up/s)
    for (const path of ['999/forget', '999/retry', `${id}/forget`]) {
      assert.match((await admin.post(`/admin/mail/failed/${path}`)).text, /deleted already/)
    }
    assert.equal((await admin.post('/admin/mail/failed/x/retry')).status, 404)
    assert.match((await admin.post('/admin/mail/failed/retry')).text, /nothing to try again/)

    await inTransaction(db, tx => stopMail(tx, 'Eve@example.org', { scope: 'all', answer: '550 <i>nobody</i>' }))
    await inTransaction(db, tx => stopMail(tx, 'eve@example.org', { scope: 'claims' }))
    const stops = await rowsOf(admin, stopped)
    assert.equal(stops.length, 2)
    assert.ok(stops.some(row => row.includes('eve@example.org 550 <i>nobody</i>')))
    assert.ok(stops.some(row => row.includes('asked for no mail about what guests wrote')))
    for (const _twice of [1, 2]) await admin.post('/admin/mail/lift', { email: 'eve@example.org', scope: 'all' })
    assert.match(admin.page.text, /eve@example\.org gets mail again/)
    assert.equal((await rowsOf(admin, stopped)).length, 1)
    assert.equal((await admin.post('/admin/mail/lift', { email: 'eve@example.org', scope: '*' })).status, 404)
    for (const page of ['0', '2', 'abc']) assert.equal((await admin.get(`/admin/mail?page=${page}`)).status, 404, page)
  },
  { mail: true },
)
