import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Together } from '../../src/platform/http/page-cache/together.ts'

const topic = { id: 7 }
const other = { id: 8 }

/** Answers with what was written last, and remembers what it was asked for. */
function notebook() {
  const book = { written: 'first', asked: [] as number[] }
  const together = new Together<{ id: number }, string>(async ({ id }) => {
    book.asked.push(id)
    return `${id} ${book.written}`
  })
  return { book, together }
}

test('who comes in the same turn shares one question, and nobody another one', async () => {
  const { book, together } = notebook()
  const answers = await Promise.all([together.of(topic), together.of(other), together.of(topic)])
  assert.deepEqual(answers, ['7 first', '8 first', '7 first'])
  assert.deepEqual(book.asked, [7, 8])
  await together.of(topic)
  assert.deepEqual(book.asked, [7, 8, 7])
})

test('what was written before the last of them came is in the answer of all', async () => {
  const { book, together } = notebook()
  const early = together.of(topic)
  book.written = 'second'
  const late = together.of(topic)
  assert.deepEqual(await Promise.all([early, late]), ['7 second', '7 second'])
})

test('who comes while a question is under way asks again', async () => {
  const gate = Promise.withResolvers<void>()
  const book = { written: 'first', asked: 0 }
  const together = new Together<{ id: number }, string>(async () => {
    const { written } = book
    book.asked += 1
    await gate.promise
    return written
  })
  const early = together.of(topic)
  while (book.asked === 0) await new Promise(resolve => setImmediate(resolve))
  book.written = 'second'
  const late = together.of(topic)
  gate.resolve()
  assert.deepEqual(await Promise.all([early, late]), ['first', 'second'])
})

test('a question that fails fails for those who asked it, and for nobody after them', async () => {
  let works = false
  const together = new Together<{ id: number }, string>(async () => {
    if (!works) throw new Error('gone')
    return 'there'
  })
  const both = await Promise.allSettled([together.of(topic), together.of(topic)])
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  works = true
  assert.equal(await together.of(topic), 'there')
})
