import assert from 'node:assert/strict'
import { getPriority } from 'node:os'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Unavailable } from '../../src/platform/errors.ts'
import { Threads, type ThreadsOptions } from '../../src/platform/threads/index.ts'
import type { Task } from './threads-work.ts'

type Answer = { thread: number; priority: number }

function threads(options: Partial<ThreadsOptions> = {}) {
  const file = new URL('./threads-work.ts', import.meta.url)
  return new Threads<Task, Answer>({ file, name: 'test', most: 2, waiting: 10, heapMb: 32, ...options })
}

test('threads start when there is work, no more than allowed, end without it, and start again', async () => {
  const pool = threads({ restMs: 50 })
  assert.equal(pool.size, 0)
  const meet = new SharedArrayBuffer(4)
  const tasks: Task[] = [{ meet }, { meet }, 'who', 'who', 'who', 'who']
  const asked = tasks.map(task => pool.run(task))
  assert.equal(pool.size, 1, 'the second starts when the first runs')
  const answers = await Promise.all(asked)
  assert.equal(new Set(answers.map(({ thread }) => thread)).size, 2)
  assert.equal(pool.size, 2)
  while (pool.size > 0) await setTimeout(5)
  const { thread } = await pool.run('who')
  assert.ok(answers.every(answer => answer.thread !== thread))
})

test('a thread gives way to the one that answers requests, where a system tells them apart', async () => {
  const before = getPriority()
  const { priority } = await threads().run('who')
  const givesWay = process.platform === 'linux' && before < 19
  assert.equal(priority > before, givesWay, `${priority} in the thread, ${before} here`)
  assert.equal(getPriority(), before)
})

test('what fails, takes too long or takes too much memory is told, and others are served', async () => {
  const pool = threads({ most: 1, longestMs: 3000 })
  const unavailable = (error: unknown) => error instanceof Unavailable
  await Promise.all([
    assert.rejects(pool.run('fail'), /the flour is out/),
    assert.rejects(pool.run('hoard'), unavailable),
    assert.rejects(pool.run('forever'), unavailable),
    pool.run('who'),
  ])
})

test('when too many wait, whoever comes next is asked to come again', async () => {
  const pool = threads({ most: 1, waiting: 1 })
  const [begun, waiting] = [pool.run('who'), pool.run('who')]
  await assert.rejects(pool.run('who'), Unavailable)
  await Promise.all([begun, waiting])
})
