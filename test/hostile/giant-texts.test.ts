import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compose } from '../../src/content/index.ts'
import { Invalid, Unavailable } from '../../src/platform/errors.ts'
import { testForum, type Visitor } from '../support/index.ts'
import { giantTexts } from './harness/giant.ts'

const isLong = process.env.STOA_LONG === '1'
const limits = { maxLength: 2_000_000, maxEmoji: 75 }

function millisecondsOf({ user, system }: NodeJS.CpuUsage): number {
  return Math.round((user + system) / 1000)
}

test('A hundred thousand levels and a megabyte of whatever are answered, and keep nobody waiting', async () => {
  for (const [what, format, body] of giantTexts()) {
    // A collection of what other tests have left counts as well: what is slow is so each time.
    let took = await costOf(what, format, body)
    for (let again = 2; again > 0 && !isLittle(took); again--) took = await costOf(what, format, body)
    assert.ok(isLittle(took), `${what} takes ${took} ms`)
  }
})

/** Milliseconds of processor time: of the thread that answers, and of the whole process. */
async function costOf(what: string, format: 'html' | 'markdown', body: string): Promise<readonly [number, number]> {
  const [all, here] = [process.cpuUsage(), process.threadCpuUsage()]
  // A thread has ten seconds, of which it gets few on a machine that has much to do before it.
  const isAnswer = (error: unknown) => error instanceof Invalid || error instanceof Unavailable
  await compose({ body, format }, limits).catch(error => assert.ok(isAnswer(error), `${what}: ${error}`))
  return [millisecondsOf(process.threadCpuUsage(here)), millisecondsOf(process.cpuUsage(all))]
}

function isLittle([here, all]: readonly [number, number]): boolean {
  return here < 50 && all < 4000
}

test('Whoever sends them to a forum is answered at once, at every door for texts', async t => {
  const forum = await testForum(t)
  const { id: topicId, first_post_id } = await forum.db.selectFrom('topics').selectAll().executeTakeFirstOrThrow()
  const bea = await forum.asMember('Bea')
  const send = ({ agent }: Visitor, path: string, fields: Record<string, string>) =>
    agent.post(path).set('Sec-Fetch-Site', 'same-origin').type('form').send(fields)
  const doors = [
    ['/compose/convert', 'body'],
    [`/topic/${topicId}/reply`, 'body'],
    ['/compose/quotes', 'words'],
  ] as const
  for (const [n, [what, format, body]] of giantTexts().entries()) {
    for (const [path, field] of doors.filter((_, door) => isLong || door === n % doors.length)) {
      const before = process.cpuUsage()
      const { status } = await send(bea, path, { [field]: body, format, posts: String(first_post_id) })
      assert.ok([200, 303, 413, 422, 429].includes(status), `${what} to ${path}: ${status}`)
      const took = millisecondsOf(process.cpuUsage(before))
      assert.ok(took < 2000, `${what} to ${path} takes ${took} ms`)
    }
  }
})
