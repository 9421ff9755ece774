import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Unavailable } from '../../src/platform/errors.ts'
import { createHasher, opaqueString } from '../../src/platform/passwords/index.ts'
import { Queue } from '../../src/platform/passwords/queue.ts'

const hasher = createHasher({ cost: 4 })

test('a password opens only its own hash', async () => {
  const hash = await hasher.hashPassword('correct horse battery')
  assert.match(hash, /^\$2b\$04\$/)
  assert.equal(await hasher.verifyPassword('correct horse battery', hash), true)
  assert.equal(await hasher.verifyPassword('correct horse batterY', hash), false)
  assert.equal(await hasher.verifyPassword('', hash), false)
})

test('every character of a long password counts, and what follows a NUL too', async () => {
  const long = 'a'.repeat(100)
  const hash = await hasher.hashPassword(`${long}x`)
  assert.equal(await hasher.verifyPassword(`${long}y`, hash), false)
  const withNul = await hasher.hashPassword('secret\0one')
  assert.equal(await hasher.verifyPassword('secret\0two', withNul), false)
  assert.equal(await hasher.verifyPassword('secret\0one', withNul), true)
})

test('a password is the same on every keyboard: composed or not, with any kind of space', async () => {
  const hash = await hasher.hashPassword('café\u00a0crème!')
  assert.equal(await hasher.verifyPassword('cafe\u0301 cre\u0300me!', hash), true)
  assert.equal(opaqueString(' Ab\u3000c '), ' Ab c ')
  assert.notEqual(opaqueString('ＡＢ'), opaqueString('AB'))
})

test('nobody has a password, not even the one that stands in for them', async () => {
  assert.equal(await hasher.verifyPassword('whatever it is', undefined), false)
  assert.equal(await hasher.verifyPassword('', ''), false)
  assert.equal(hasher.needsRehash(''), true)
})

test('for somebody unknown the answer takes as long as for a member', async () => {
  const slow = createHasher({ cost: 9 })
  const hash = await slow.hashPassword('correct horse battery')
  const times: Record<'member' | 'nobody', number[]> = { member: [], nobody: [] }
  // By turns, so that whatever else the machine does slows both down.
  for (let turn = 0; turn < 9; turn++) {
    for (const who of ['member', 'nobody'] as const) {
      const start = performance.now()
      await slow.verifyPassword('not it', who === 'member' ? hash : undefined)
      times[who].push(performance.now() - start)
    }
  }
  const median = (all: number[]) => all.toSorted((a, b) => a - b)[4] ?? Number.NaN
  const [member, nobody] = [median(times.member), median(times.nobody)]
  assert.ok(nobody > member / 3 && nobody < member * 3, `${nobody} ms for nobody, ${member} ms for a member`)
})

test('a hash made at another cost should be made anew', async () => {
  const hash = await hasher.hashPassword('correct horse battery')
  assert.equal(hasher.needsRehash(hash), false)
  assert.equal(createHasher({ cost: 5 }).needsRehash(hash), true)
})

/** Work that ends when told to, and the order in which it began. */
function controlled() {
  const began: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () =>
    new Promise<string>(end => {
      began.push(name)
      ends.set(name, () => end(name))
    })
  return { began, work, end: (name: string) => ends.get(name)?.() }
}

test('two run at a time, and known browsers go before strangers', async () => {
  const queue = new Queue({ atOnce: 2, waiting: 5 })
  const { began, work, end } = controlled()
  const all = ['a', 'b', 'c', 'd'].map(name => queue.run('others', work(name)))
  const known = queue.run('first', work('known'))
  assert.deepEqual(began, ['a', 'b'])
  end('a')
  await all[0]
  assert.deepEqual(began, ['a', 'b', 'known'])
  for (const name of ['known', 'b', 'c', 'd']) {
    await new Promise(setImmediate)
    end(name)
  }
  assert.deepEqual(await Promise.all([...all, known]), ['a', 'b', 'c', 'd', 'known'])
  assert.deepEqual(began, ['a', 'b', 'known', 'c', 'd'])
})

test('a full queue says when to come back, and strangers cannot fill the lane of known browsers', async () => {
  const queue = new Queue({ atOnce: 1, waiting: 1 })
  const { work, end } = controlled()
  const running = queue.run('others', work('running'))
  const waiting = queue.run('others', work('waiting'))
  await assert.rejects(queue.run('others', work('refused')), (error: unknown) => {
    assert.ok(error instanceof Unavailable)
    assert.ok(error.retryAfter > 0)
    return true
  })
  const known = queue.run('first', work('known'))
  end('running')
  await running
  end('known')
  await known
  end('waiting')
  assert.equal(await waiting, 'waiting')
})

test('work that fails makes room for the next', async () => {
  const queue = new Queue({ atOnce: 1, waiting: 1 })
  await assert.rejects(
    queue.run('others', () => Promise.reject(new Error('broken'))),
    /broken/,
  )
  assert.equal(await queue.run('others', () => Promise.resolve('next')), 'next')
})
