import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { giveBackWhenIdle } from '../../src/platform/memory.ts'

const everyMs = 20
const calm = 4
const worth = 20_000_000

test('memory is given back when nothing is to be done, and again only after much has come', async t => {
  let times = 0
  t.after(giveBackWhenIdle({ everyMs, calm, worth, collect: () => times++ }))
  const given = async (expected: number) => {
    while (times < expected) await setTimeout(everyMs)
    await setTimeout(10 * everyMs)
    assert.equal(times, expected)
  }
  await given(1)
  const hoard = Buffer.alloc(2 * worth, 1)
  await given(2)
  assert.equal(hoard[worth], 1)
})
