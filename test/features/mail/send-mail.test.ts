import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import PostalMime from 'postal-mime'
import { isMailStopped, liftMailStop, mailJobs, stopMail } from '../../../src/features/mail/index.ts'
import { overruleSettings } from '../../../src/features/settings/index.ts'
import { plainError } from '../../../src/platform/http/log/logger.ts'
import { runDueJobs } from '../../../src/platform/jobs/index.ts'
import { inTransaction } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, postOffice, type TestForum } from '../../support/index.ts'
import { jobsOf, order, testJobs } from './letters.ts'

const bea = 'bea@example.org'
const hour = 3_600_000

forumOnBothDatabases(
  'a letter arrives once, in two parts that say the same, in the language of its reader',
  async ({ db, url, office }) => {
    await order(db, 'test.greeting', { locale: 'en-XA' })
    await order(db, 'test.invitation')
    await order(db, 'test.nothing')
    await Promise.all([runDueJobs(db, testJobs), runDueJobs(db, testJobs)])
    assert.equal(office.mails.length, 2)
    const [greeting, invitation] = [/Stop/, /Come/].map(subject =>
      office.mails.find(mail => subject.test(mail.subject)),
    )
    assert.ok(greeting && invitation)
    assert.equal(greeting.subject, '⟦Stop these mails⟧ <The Porch>')
    assert.equal(greeting.headers.from, 'The Porch <noreply@[127.0.0.1]>')
    assert.equal(greeting.headers['list-unsubscribe'], undefined)
    assert.equal(greeting.link(/verify/), `${url}/verify/very-secret?a=1&b=2`)
    assert.match(greeting.text, /^Hello <b>Bea<\/b> & "friends"\n\nCome in:\nhttp.*\n\nWhen: ⟦Jan 1, 1970/)
    assert.match(greeting.text, /2:00.AM \(Europe\/Athens\)⟧\n\nEs grüßt der Säulengang 🏛\n\n-- \nThe Porch\nhttp/)
    assert.match(greeting.html, /<html lang="en-XA" dir="ltr">/)
    assert.match(greeting.html, /Hello &lt;b&gt;Bea&lt;\/b&gt; &amp; &#34;friends&#34;/)
    assert.match(greeting.html, /href="http:\/\/127\.0\.0\.1:\d+\/verify\/very-secret\?a=1&amp;b=2"/)
    assert.doesNotMatch(greeting.html, /<script|<img|<link|src=/)
    assert.match(invitation.text, /Jan 1, 1970, 12:00.AM \(UTC\)/)
    assert.equal(invitation.headers['list-unsubscribe'], `<${url}/unsubscribe/abc>`)
    assert.equal(invitation.headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click')
    for (const part of [invitation.text, invitation.html]) assert.match(part, /Stop these mails/)
    assert.deepEqual(await jobsOf(db), [])
  },
  { mail: true },
)

forumOnBothDatabases(
  'what does not arrive for now is tried again, later each time, and given up in the end',
  async ({ db, office }) => {
    office.refuse(bea, 451)
    await order(db, 'test.greeting')
    const pauses: number[] = []
    for (let now = Date.now(); ; ) {
      await assert.rejects(runDueJobs(db, testJobs, now), /451 4\.2\.1 The mailbox is busy/)
      const [job] = await jobsOf(db)
      assert.ok(job)
      if (job.failed_at !== null) break
      assert.equal(await runDueJobs(db, testJobs, job.run_at - 1), 0)
      pauses.push((job.run_at - now) / 1000)
      now = job.run_at
    }
    assert.deepEqual(pauses, [10, 40, 160, 640, 2560])
    assert.equal(await isMailStopped(db, bea), false)
    office.accept()
    assert.equal(await runDueJobs(db, testJobs, Date.now() + 24 * hour), 0)

    await order(db, 'test.greeting')
    office.refuse(bea, 450)
    await assert.rejects(runDueJobs(db, testJobs))
    office.accept()
    await runDueJobs(db, testJobs, Date.now() + hour)
    assert.deepEqual(
      office.mails.map(({ to }) => to),
      [bea],
    )
  },
  { mail: true },
)

forumOnBothDatabases(
  'an address that is refused for good gets nothing more, and its member reads why on the next page',
  async forum => {
    const { db, office } = forum
    const visitor = await forum.asMember('Bea')
    office.refuse(bea, 550, '5.1.1 <bea@example.org>: <b>nobody</b> here')
    await order(db, 'test.greeting')
    await order(db, 'test.greeting', { to: 'Carl@example.org' })
    await runDueJobs(db, testJobs)
    assert.deepEqual(await jobsOf(db), [])
    assert.equal(await isMailStopped(db, ' BEA@Example.org'), true)
    office.accept()
    await order(db, 'test.greeting')
    await order(db, 'test.invitation')
    await runDueJobs(db, testJobs)
    assert.deepEqual(
      office.mails.map(({ to }) => to),
      ['Carl@example.org'],
    )
    for (const path of ['/', '/topic/1/']) {
      const page = await visitor.get(path)
      assert.match(page.text, /Mail to bea@example\.org came back, .* 5\.1\.1 <bea@example\.org>: <b>nobody<\/b> here/)
      assert.equal(page.link('Correct your address'), '/account/email')
    }
    for (const other of [forum.asGuest(), await forum.asMember('Carl')]) {
      assert.doesNotMatch((await other.get('/')).text, /came back/)
    }
    await inTransaction(db, tx => liftMailStop(tx, bea))
    assert.doesNotMatch((await visitor.get('/')).text, /came back/)
    await order(db, 'test.greeting')
    await runDueJobs(db, testJobs)
    assert.equal(office.mails.at(-1)?.to, bea)
  },
  { mail: true },
)

forumOnBothDatabases(
  'who wants no mail about what guests wrote still gets all other mail, and is told nothing',
  async forum => {
    const { db, office } = forum
    const visitor = await forum.asMember('Bea')
    await inTransaction(db, tx => stopMail(tx, bea, { scope: 'claims' }))
    await order(db, 'test.invitation')
    await order(db, 'test.greeting')
    await runDueJobs(db, testJobs)
    assert.equal(office.mails.length, 1)
    assert.match(office.mails[0]?.text ?? '', /Hello/)
    assert.doesNotMatch((await visitor.get('/')).text, /Nothing is mailed|came back/)
  },
  { mail: true },
)

async function keptMails({ config }: TestForum) {
  const folder = join(config.dataDir, 'mail')
  assert.equal(statSync(folder).mode & 0o777, 0o700)
  return Promise.all(readdirSync(folder).map(name => PostalMime.parse(readFileSync(join(folder, name)))))
}

forumOnBothDatabases('while mail cannot be sent it is written to files, and unknown letters fail', async forum => {
  const { db, url } = forum
  await order(db, 'test.greeting')
  await runDueJobs(db, testJobs)
  const [mail] = await keptMails(forum)
  assert.equal(mail?.to?.[0]?.address, bea)
  assert.ok(mail?.text?.includes(`${url}/verify/very-secret`))

  await db.deleteFrom('settings').where('key', '=', 'base_url').execute()
  await db
    .updateTable('revisions')
    .set(eb => ({ shell: eb('shell', '+', 1) }))
    .execute()
  await order(db, 'test.greeting')
  await runDueJobs(db, testJobs)
  const withoutAddress = (await keptMails(forum)).find(({ from }) => from?.address === 'noreply@localhost')
  assert.match(withoutAddress?.text ?? '', /^\/verify\/very-secret/m)

  await order(db, 'test.unheard_of')
  await order(db, 'toString')
  await assert.rejects(runDueJobs(db, mailJobs({})), /Nobody writes letters of the kind/)
  assert.deepEqual(
    (await jobsOf(db)).map(({ error }) => error),
    ['Error: Nobody writes letters of the kind test.unheard_of', 'Error: Nobody writes letters of the kind toString'],
  )
})

forumOnBothDatabases('no secret, password or address gets into a job or a log', async ({ db, url }, t) => {
  const office = await postOffice(t, { user: 'stoa', password: 'right' })
  office.refuse(bea, 451, `4.2.1 ${bea.toUpperCase()} is busy`)
  const lines: string[] = []
  const logger = pino({ serializers: { error: plainError } }, { write: line => void lines.push(line) })
  for (const smtp_url of [office.url, office.url.replace('right', 'open%2Fsesame')]) {
    overruleSettings(db, { smtp_url, base_url: url })
    await order(db, 'test.greeting', { memberId: 1 })
    await assert.rejects(runDueJobs(db, testJobs), error => {
      logger.warn({ error }, 'job failed')
      return /4\.2\.1 \*\*\* is busy|5\.7\.8 No such name and password: \*\*\*/.test(String(error))
    })
  }
  const jobs = await jobsOf(db)
  assert.equal(jobs.length, 2)
  assert.deepEqual(JSON.parse(jobs[0]?.payload ?? ''), { kind: 'test.greeting', memberId: 1 })
  assert.doesNotMatch(JSON.stringify([jobs, lines]), /sesame|right|very-secret|bea@/i)
})
