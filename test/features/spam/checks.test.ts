import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { defaults } from '../../../src/features/settings/index.ts'
import { seal } from '../../../src/features/spam/form-key.ts'
import { purgeSpam } from '../../../src/features/spam/index.ts'
import { newChallenge } from '../../../src/features/spam/proof.ts'
import { checksOn } from '../../../src/features/spam/registry.ts'
import { forumOnBothDatabases, type TestForum, type Visitor } from '../../support/index.ts'
import { both, claimOf, newcomer, posts, reply } from '../claims/guests.ts'
import { accountOf, registers, set, stops, whyWaits } from './strangers.ts'

forumOnBothDatabases(
  'a field that people do not see sends whoever fills it in to approval, and nobody loses anything',
  async forum => {
    const person = forum.asGuest()
    await registers(person, 'Piet')
    assert.equal(await whyWaits(forum.db, 'Piet'), null)
    const program = forum.asGuest()
    await program.get('/register/')
    assert.equal(program.page.attribute('[name=afterpiece]', 'tabindex'), '-1')
    assert.equal(program.page.attribute('[name=afterpiece]', 'autocomplete'), 'off')
    await program.press('Register', { ...newcomer('Robot'), afterpiece: 'https://pills.example' })
    assert.match(program.page.text, /Your account waits/)
    assert.equal(await whyWaits(forum.db, 'Robot'), 'spam.why_honeypot')

    const guest = forum.asGuest()
    await guest.get('/topic/1/')
    const claim = await guest.press('Submit Reply', { body: 'Filled in too much', afterpiece: 'x' })
    assert.equal((await claimOf(forum.db, claim)).suspect, 'spam.why_honeypot')
    await guest.press('Register and publish', newcomer('Eager'))
    assert.equal(await whyWaits(forum.db, 'Eager'), null)
    const [post] = await posts(forum.db)
    assert.equal(post?.pending_reason, 'spam.why_honeypot')
    assert.doesNotMatch((await forum.asGuest().get('/topic/1/')).text, /Filled in too much/)

    await forum.db.updateTable('groups').set({ guest_posting: 'named' }).where('kind', '=', 'guests').execute()
    await set(forum.db, { honeypot: true })
    const named = forum.asGuest()
    await named.get('/topic/1/')
    await named.press('Submit Reply', { body: 'Under a name', guest_name: 'Nemo', afterpiece: 'x' })
    assert.equal((await posts(forum.db)).at(-1)?.pending_reason, 'spam.why_honeypot')
    assert.deepEqual(await stops(forum.db), { honeypot: 3 })

    await set(forum.db, { honeypot: false })
    await forum.asGuest().post('/register/', { ...fieldsOf('Offline'), afterpiece: 'x' })
    assert.equal(await whyWaits(forum.db, 'Offline'), null)
  },
)

function fieldsOf(name: string): Record<string, string> {
  return {
    name,
    email: `${name.toLowerCase()}@example.org`,
    password: 'seven walruses in the attic',
    terms: '1',
    probe: '',
  }
}

forumOnBothDatabases(
  'whoever is faster than people waits, and so does a form without its time; a slow one and a corrected one do not',
  async forum => {
    await set(forum.db, { minimum_time: true, minimum_time_seconds: 3 })
    const ago = (ms: number) => seal(forum.db, 'begun register', (Date.now() - ms).toString(36))
    const send = async (name: string, begun: string) => {
      await registers(forum.asGuest(), name, { begun })
      return whyWaits(forum.db, name)
    }
    await registers(forum.asGuest(), 'Flash')
    assert.equal(await whyWaits(forum.db, 'Flash'), 'spam.why_too_fast')
    assert.equal(await send('Slow', ago(4000)), null)
    assert.equal(await send('Asleep', ago(30 * 24 * 3600_000)), null)
    assert.equal(await send('Without', ''), 'spam.why_no_time')
    assert.equal(await send('Forger', `${(Date.now() - 9000).toString(36)}.x`), 'spam.why_no_time')
    assert.equal(await send('Borrower', seal(forum.db, 'begun contact', 'abc')), 'spam.why_no_time')

    const person = forum.asGuest()
    await registers(person, 'Slips', { begun: ago(4000), 'Email Address': 'nothing' })
    assert.equal(person.page.status, 422)
    await person.press('Register', { ...newcomer('Slips') })
    assert.equal(await whyWaits(forum.db, 'Slips'), null)
    assert.deepEqual(await stops(forum.db), { minimum_time: 4 })
  },
)

forumOnBothDatabases(
  'a question is asked until it is answered, in any case and spacing, and everything typed is kept',
  async forum => {
    const answers = JSON.stringify(['Deep Blue', 'navy'])
    await forum.db
      .insertInto('questions')
      .values({ question: 'Which colour has our boat?', answers, created_at: 1 })
      .execute()
    const person = forum.asGuest()
    const asked = await registers(person, 'Sailor', { 'Which colour has our boat?': 'red' })
    assert.equal(asked.status, 422)
    assert.match(asked.text, /That is not the answer/)
    assert.deepEqual(
      ['name', 'email', 'answer'].map(field => asked.form('Register').value(field)),
      ['Sailor', 'sailor@example.org', 'red'],
    )
    assert.equal((await registers(forum.asGuest(), 'Mute')).status, 422)
    const unasked = await forum.asGuest().post('/register/', { ...fieldsOf('Sly'), answer: 'navy' })
    assert.equal(unasked.status, 422)
    await person.press('Register', { Password: newcomer('Sailor').Password ?? '', answer: ' DEEPblue ' })
    assert.equal(await whyWaits(forum.db, 'Sailor'), null)

    const claimant = forum.asGuest()
    await reply(claimant, 'Ahoy')
    await claimant.press('Register and publish', { ...newcomer('Mate'), answer: 'pink' })
    assert.match(claimant.page.text, /That is not the answer[\s\S]*Ahoy|Ahoy[\s\S]*That is not the answer/)
    await claimant.press('Register and publish', { Password: newcomer('Mate').Password ?? '', answer: 'Navy' })
    assert.match(claimant.page.text, /Ahoy/)

    const guesser = forum.asGuest()
    for (let n = 0; n < 30; n++)
      await guesser.post('/register/', { ...fieldsOf('Guesser'), ...(await sealed(asked)), answer: `${n}` })
    const stopped = await guesser.post('/register/', { ...fieldsOf('Guesser'), ...(await sealed(asked)), answer: 'x' })
    assert.equal(stopped.status, 429)
    await forum.db.deleteFrom('questions').execute()
    await registers(forum.asGuest(), 'Late')
    assert.ok(await accountOf(forum.db, 'Late'))
  },
)

async function sealed(page: { form(button: string): { value(key: string): string } }) {
  return { question: page.form('Register').value('question') }
}

async function solve(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey })
  assert.ok(solution)
  return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
}

/** Registers with this proof, and says why the account waits. */
async function proves(forum: TestForum, visitor: Visitor, name: string, altcha: string): Promise<string | null> {
  await visitor.post('/register/', { ...fieldsOf(name), altcha })
  return whyWaits(forum.db, name)
}

forumOnBothDatabases(
  'a proof of work counts once, in time, and when it is ours; whoever has none waits for approval',
  async forum => {
    await set(forum.db, { proof_of_work: true, proof_of_work_cost: 10 })
    const guest = () => forum.asGuest()
    await registers(guest(), 'Plain')
    assert.equal(await whyWaits(forum.db, 'Plain'), 'spam.why_no_proof')
    const answer = await guest().get('/proof/challenge')
    assert.equal(answer.headers['cache-control'], 'no-store')
    const proof = await solve(JSON.parse(answer.html))
    assert.equal(await proves(forum, guest(), 'Worker', proof), null)
    assert.equal(await proves(forum, guest(), 'Replay', proof), 'spam.why_bad_proof')

    const raced = await solve(await newChallenge(forum.db))
    const reasons = await both(
      () => proves(forum, guest(), 'Racera', raced),
      () => proves(forum, guest(), 'Racerb', raced),
    )
    assert.deepEqual(new Set(reasons), new Set([null, 'spam.why_bad_proof']))

    const late = await solve(await newChallenge(forum.db, Date.now() - 21 * 60_000))
    assert.equal(await proves(forum, guest(), 'Latecomer', late), 'spam.why_bad_proof')
    const read = JSON.parse(Buffer.from(raced, 'base64').toString())
    read.challenge.parameters.nonce = '00'.repeat(16)
    const forged = Buffer.from(JSON.stringify(read)).toString('base64')
    for (const [index, proof] of [forged, 'nonsense', '%', 'e30=', 'x'.repeat(9000)].entries()) {
      assert.equal(await proves(forum, guest(), `Forger${index}x`, proof), 'spam.why_bad_proof')
    }
    assert.deepEqual(await stops(forum.db), { proof_of_work: 9 })
    assert.equal((await forum.db.selectFrom('spent_proofs').selectAll().execute()).length, 2)
    await purgeSpam(forum.db, Date.now() + 2 * 3600_000)
    assert.equal((await forum.db.selectFrom('spent_proofs').selectAll().execute()).length, 0)
  },
)

forumOnBothDatabases(
  'blocked names, addresses and mail domains are refused in plain words, and others are not',
  async forum => {
    const admin = await forum.asAdmin({ address: '203.0.113.9' })
    const block = async (kind: string, pattern: string) => {
      await admin.get('/admin/spam')
      return admin.press('Block', { kind, pattern })
    }
    for (const [kind, pattern] of [
      ['name', '*casin0*'],
      ['address', '198.51.100.0/24'],
      ['address', '2001:db8:5::7'],
      ['email', 'Trash.Example'],
      ['email', 'mallory@example.org'],
    ] as const) {
      assert.match((await block(kind, pattern)).text, /Blocked from now on/, pattern)
    }
    for (const [kind, pattern] of [
      ...['*', '  ', '**'].map(pattern => ['name', pattern] as const),
      ...['203.0.113.0/24', '203.0.113.9', '0.0.0.0/0', '::/0', '127.0.0.5', '::1', '10', 'here', '1.2.3.4/99'].map(
        pattern => ['address', pattern] as const,
      ),
      ...['nothing', '@', 'a b@c.d', 'x@y'].map(pattern => ['email', pattern] as const),
    ]) {
      const refused = await block(kind, pattern)
      assert.equal(refused.status, 422, pattern)
      assert.equal(refused.form('Block').value('pattern'), pattern)
    }
    const attempt = async (name: string, fillings: Record<string, string>, address = '192.0.2.1') =>
      (await registers(forum.asGuest({ address }), name, fillings)).text
    assert.match(await attempt('Best CASINO ever', {}), /This name cannot be used here/)
    assert.match(await attempt('Ann', {}, '198.51.100.77'), /From your network nobody can register/)
    assert.match(await attempt('Ann', {}, '2001:db8:5:0:9::1'), /From your network/)
    for (const email of ['x@trash.example', 'x@deep.TRASH.example', 'Mallory@Example.org', 'mallory+new@example.org']) {
      assert.match(await attempt('Ann', { 'Email Address': email }), /This email address cannot be used here/, email)
    }
    assert.match(await attempt('Ann', { 'Email Address': 'x@nottrash.example' }, '198.51.101.1'), /Welcome, Ann/)
    assert.deepEqual(await stops(forum.db), { blocks: 7 })

    await forum.db.updateTable('groups').set({ guest_posting: 'named' }).where('kind', '=', 'guests').execute()
    await set(forum.db, { blocks: true })
    const named = forum.asGuest()
    await named.get('/topic/1/')
    await named.press('Submit Reply', { body: 'Kept text', guest_name: 'casino' })
    assert.match(named.page.text, /This name cannot be used here/)
    assert.equal(named.page.form('Submit Reply').value('body'), 'Kept text')
    await set(forum.db, { blocks: false })
    assert.match(await attempt('Casino fan', {}), /Welcome/)
  },
)

test('nobody is asked to work where browsers refuse to: only by https, and on one’s own machine', () => {
  const asksAt = (base_url: string) =>
    checksOn({ ...defaults, base_url }, 'register').some(({ name }) => name === 'proof_of_work')
  for (const address of [
    'https://forum.example',
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
  ])
    assert.equal(asksAt(address), true, address)
  for (const address of ['http://forum.example', 'http://192.168.1.9:3000', 'http://localhost.example'])
    assert.equal(asksAt(address), false, address)
})
