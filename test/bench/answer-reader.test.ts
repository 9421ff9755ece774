import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AnswerReader } from './answer-reader.ts'

const answers = [
  'HTTP/1.1 200 OK\r\nContent-Length: 12\r\nVary: Cookie\r\n\r\nhello\r\n\r\nyou',
  'HTTP/1.1 304 Not Modified\r\nETag: W/"x"\r\n\r\n',
  'HTTP/1.1 303 See Other\r\ncontent-length: 0\r\n\r\n',
].join('')

function reading() {
  const told: (number | 'end')[] = []
  const reader = new AnswerReader({ kOnHeadersComplete: 2, kOnMessageComplete: 4 })
  reader[2] = head => void told.push((head as { statusCode: number }).statusCode)
  reader[4] = () => void told.push('end')
  return { reader, told }
}

test('answers are told apart wherever the network cuts them', () => {
  for (let first = 0; first < answers.length; first++) {
    for (const second of [first + 1, first + 7]) {
      const { reader, told } = reading()
      for (const part of [answers.slice(0, first), answers.slice(first, second), answers.slice(second)]) {
        reader.execute(Buffer.from(part))
      }
      assert.deepEqual(told, [200, 'end', 304, 'end', 303, 'end'], `${first} ${second}`)
    }
  }
})

test('an answer that does not say how long it is ends the run', () => {
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
  assert.throws(() => reading().reader.execute(Buffer.from(chunked)), /does not say how long/)
})
