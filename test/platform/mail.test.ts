import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import PostalMime from 'postal-mime'
import {
  BadMessage,
  fileTransport,
  isMailAddress,
  isSmtpUrl,
  MailFailure,
  type MailMessage,
  maskedSmtpUrl,
  smtpTransport,
  unmaskedSmtpUrl,
  withoutTypedPassword,
} from '../../src/platform/mail/index.ts'
import { postOffice } from '../support/index.ts'

const letter: MailMessage = {
  from: { name: 'Die Säulenhalle, am Markt', address: 'noreply@porch.example.org' },
  to: 'bea@example.org',
  subject: 'Grüße & "Wünsche" 🏛',
  text: 'Plain: <b> & ü',
  html: '<p>Rich: &lt;b&gt; &amp; ü</p>',
  host: 'porch.example.org',
  unsubscribe: 'https://porch.example.org/unsubscribe/abc',
}

/** What sending throws. */
async function failureOf(url: string, message: MailMessage = letter): Promise<MailFailure> {
  const transport = smtpTransport(url)
  try {
    const answer = await transport.send(message)
    assert.fail(`It was taken: ${answer}`)
  } catch (error) {
    assert.ok(error instanceof MailFailure, String(error))
    return error
  } finally {
    transport.close()
  }
}

for (const tls of ['starttls', 'smtps'] as const) {
  test(`a mail is handed in over ${tls} by who has the password, with both parts and its headers`, async t => {
    const office = await postOffice(t, { user: 'stoa', password: 'se/cr@t:1', tls })
    const transport = smtpTransport(office.url)
    t.after(() => transport.close())
    assert.match(await transport.send(letter), /250 2\.0\.0 Taken/)
    await transport.send({ ...letter, unsubscribe: undefined })
    const [mail, other] = office.mails
    assert.ok(mail && other)
    const { to, subject, text, html } = letter
    const { headers, links: _links, link: _link, ...seen } = mail
    assert.deepEqual(seen, {
      to,
      subject,
      text: `${text}\n`,
      html: `${html}\n`,
      from: letter.from.address,
      secure: true,
    })
    assert.equal(headers['auto-submitted'], 'auto-generated')
    assert.match(headers['message-id'] ?? '', /^<[\w-]{36}@porch\.example\.org>$/)
    assert.notEqual(headers['message-id'], other.headers['message-id'])
    assert.ok(Math.abs(Date.parse(headers.date ?? '') - Date.now()) < 60_000)
    assert.equal(headers['list-unsubscribe'], '<https://porch.example.org/unsubscribe/abc>')
    assert.equal(headers['list-unsubscribe-post'], 'List-Unsubscribe=One-Click')
    assert.deepEqual(
      [other.headers['list-unsubscribe'], other.headers['list-unsubscribe-post']],
      [undefined, undefined],
    )
  })
}

test('only an answer about the address is for good', async t => {
  const office = await postOffice(t)
  const answers: [code: number, words: string, permanent: boolean][] = [
    [550, '5.1.1 Nobody of this name lives here', true],
    [553, '5.1.3 That is no address', true],
    [554, '5.2.1 The mailbox is closed', true],
    [550, 'No such user', true],
    [551, 'They moved', true],
    [451, '4.2.1 Come back later', false],
    [450, 'Greylisted', false],
    [554, '5.7.1 Relay access denied', false],
    [550, 'Relaying denied', false],
    [530, '5.7.0 Authentication required', false],
    [553, '5.1.8 Sender address rejected: domain not found', false],
    [552, '5.2.3 Too large', false],
    [550, '5.7.1 Blocked by our list', false],
  ]
  for (const [code, words, permanent] of answers) {
    office.refuse(letter.to, code, words)
    const failure = await failureOf(office.url)
    assert.equal(failure.permanent, permanent, words)
    assert.ok(failure.message.includes(words), failure.message)
  }
  assert.deepEqual(office.mails, [])
})

test('a wrong password and a server that is not there will pass, and no failure tells the password', async t => {
  const office = await postOffice(t, { user: 'stoa', password: 'the right one' })
  const wrong = office.url.replace('the%20right%20one', 'hunter%2F2')
  const refused = await failureOf(wrong)
  assert.equal(refused.permanent, false)
  assert.match(refused.message, /^535 5\.7\.8 No such name and password: \*\*\*$/)
  await office.close()
  const absent = await failureOf(office.url)
  assert.equal(absent.permanent, false)
  assert.match(absent.message, /ECONNREFUSED/)
  for (const { message, stack, cause } of [refused, absent]) {
    assert.doesNotMatch(`${message} ${stack} ${cause}`, /hunter|right one|right%20one/)
  }
})

test('a server that goes on talking and never takes the mail is not listened to for ever', async t => {
  const server = createServer(socket => {
    socket.on('error', () => {}).write('220 Welcome\r\n')
    const talk = setInterval(() => socket.write('250-and\r\n'), 10)
    socket.on('close', () => clearInterval(talk))
    t.after(() => socket.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const transport = smtpTransport(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, { mostMs: 300 })
  await assert.rejects(transport.send(letter), { name: 'MailFailure', permanent: false })
  transport.close()
})

const tricks = ['\r\nBcc: eve@example.org', '\nX-Evil: 1', '\r', '\u0000', '\u2028']

test('nothing in a mail begins a header of its own, and it goes to one address only', async t => {
  const office = await postOffice(t)
  const transport = smtpTransport(office.url)
  t.after(() => transport.close())
  const naughty: MailMessage[] = tricks.flatMap(trick => [
    { ...letter, to: `bea@example.org${trick}` },
    { ...letter, replyTo: `bea@example.org${trick}` },
    { ...letter, subject: `Hello${trick}` },
    { ...letter, from: { ...letter.from, name: `The Porch${trick}` } },
    { ...letter, from: { ...letter.from, address: `noreply@example.org${trick}` } },
    { ...letter, unsubscribe: `https://porch.example.org/${trick}` },
    { ...letter, host: `porch.example.org${trick}` },
  ])
  const addresses = ['', 'bea', 'bea@', '@example.org', 'a@b@c', 'a@x.org,b@x.org', 'a@x.org;b@x.org', 'Bea <a@x.org>']
  const odd = [...addresses, '"a b"@x.org', 'a@x.org (Bea)', 'a@[x', '<a@x.org>']
  naughty.push(
    ...odd.flatMap(one => [
      { ...letter, to: one },
      { ...letter, replyTo: one },
    ]),
  )
  for (const message of naughty) await assert.rejects(transport.send(message), BadMessage, JSON.stringify(message))
  assert.deepEqual(office.mails, [])
  for (const address of ['a@x.org', 'a+b@x.org', "o'neil@x.org", 'grüße@säule.example', 'noreply@[192.0.2.1]']) {
    assert.ok(isMailAddress(address), address)
  }
})

test('mail that is not sent lies in files for whoever runs the forum, and for nobody else', async t => {
  const home = mkdtempSync(join(tmpdir(), 'stoa-mail-'))
  t.after(() => rmSync(home, { recursive: true }))
  chmodSync(home, 0o755)
  const folder = join(home, 'mail')
  const transport = fileTransport(folder)
  const name = await transport.send({ ...letter, to: '../../etc/passwd@example.org' })
  await transport.send(letter)
  const names = readdirSync(folder).sort()
  assert.equal(names.length, 2)
  assert.ok(names.includes(name))
  for (const one of names) assert.match(one, /^\d{4}-\d\d-\d\dT\d{6}-[0-9a-f]{16}\.eml$/)
  assert.equal(statSync(folder).mode & 0o777, 0o700)
  assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600)
  const mail = await PostalMime.parse(readFileSync(join(folder, name)))
  assert.deepEqual([mail.subject, mail.text, mail.html], [letter.subject, `${letter.text}\n`, `${letter.html}\n`])
  await assert.rejects(transport.send({ ...letter, subject: 'a\r\nb' }), BadMessage)
})

test("a server's address is shown without its password, and means it as long as name and server stay", () => {
  const known = 'smtp://me:s%40:cr$&t@mail.example.org:587'
  assert.equal(maskedSmtpUrl(known), 'smtp://me:********@mail.example.org:587')
  for (const url of ['smtp://mail.example.org', 'smtps://me@mail.example.org:465', 'smtp://me@[::1]:25', '']) {
    assert.equal(maskedSmtpUrl(url), url)
    assert.equal(unmaskedSmtpUrl(` ${url} `, known), url)
  }
  assert.equal(unmaskedSmtpUrl('smtp://me:********@mail.example.org:587', known), known)
  assert.equal(unmaskedSmtpUrl('smtps://me:********@mail.example.org', known), 'smtps://me:s%40:cr$&t@mail.example.org')
  assert.equal(unmaskedSmtpUrl('smtp://me:new@mail.example.org', known), 'smtp://me:new@mail.example.org')
  for (const typed of ['smtp://me:********@evil.example', 'smtp://you:********@mail.example.org', 'smtp://me:@x.org']) {
    assert.equal(unmaskedSmtpUrl(typed, known), null, typed)
  }
  assert.equal(unmaskedSmtpUrl('smtp://me:********@mail.example.org', ''), null)
  assert.equal(withoutTypedPassword('smtp:/me:secret@x@mail.example.org'), 'smtp:@mail.example.org')
  assert.equal(withoutTypedPassword('smtp://me:secret@mail.example.org/x'), 'smtp://me:@mail.example.org/x')
  assert.equal(withoutTypedPassword('smtp://me:********@mail example'), 'smtp://me:********@mail example')
  assert.equal(withoutTypedPassword('mail.example.org:587'), 'mail.example.org:587')
})

test('an address of a mail server is taken only whole', () => {
  for (const url of ['smtp://x.org', 'smtps://a:b@x.org:465', 'smtp://[::1]:25', 'smtp://127.0.0.1:1/']) {
    assert.ok(isSmtpUrl(url), url)
  }
  const wrong = ['', 'x.org', 'http://x.org', 'smtp://', 'smtp:///x', 'smtp://me:1#2@x.org', 'smtp://me:1/2@x.org']
  for (const url of [...wrong, 'smtp://x.org?pool=true', 'smtp://x.org:99999']) assert.ok(!isSmtpUrl(url), url)
})
