import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { giveBackWhenIdle } from '../../src/platform/memory.ts'

const everyMs = 20
const calm = 4
const worth = 20_000_000

/** What other tests have left would be collected meanwhile, and what comes could then be less than what goes. */
function leaveNothing(): void {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')({ type: 'major', flavor: 'last-resort' })
}

test('memory is given back when nothing is to be done, and again only after much has come', async t => {
  leaveNothing()
  const hoard = [Buffer.alloc(2 * worth, 1)]
  let times = 0
  t.after(giveBackWhenIdle({ everyMs, calm, worth, collect: () => times++ }))
  const given = async (expected: number) => {
    while (times < expected) await setTimeout(everyMs, undefined, { signal: t.signal })
    await setTimeout(10 * everyMs)
    assert.equal(times, expected)
  }
  await given(1)
  hoard.push(Buffer.alloc(2 * worth, 1))
  await given(2)
  assert.equal(hoard.at(-1)?.[worth], 1)
})

test('now and then a moment of work does not keep memory from being given back', async t => {
  leaveNothing()
  const hoard = [Buffer.alloc(2 * worth, 1)]
  let times = 0
  t.after(giveBackWhenIdle({ everyMs, calm: 20, worth, collect: () => times++ }))
  const given = async (expected: number) => {
    while (times < expected) await setTimeout(everyMs, undefined, { signal: t.signal })
  }
  await given(1)
  const working = setInterval(() => {
    const end = performance.now() + everyMs / 4
    while (performance.now() < end);
  }, 10 * everyMs)
  t.after(() => clearInterval(working))
  hoard.push(Buffer.alloc(2 * worth, 1))
  await given(2)
  assert.equal(hoard.at(-1)?.[worth], 1)
})
