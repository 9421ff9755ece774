import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const page = readFileSync(join(import.meta.dirname, '../docs/SECURITY.md'), 'utf8')

test('every proof that the page about security names is a test of that name', () => {
  const proofs = [...page.matchAll(/`([\w/-]+): ([^`]+)`/g)].map(([, file = '', name = '']) => ({ file, name }))
  assert.ok(proofs.length > 30, String(proofs.length))
  const missing = proofs.filter(({ file, name }) => {
    const path = join(import.meta.dirname, `${file}.test.ts`)
    return !existsSync(path) || !readFileSync(path, 'utf8').includes(name)
  })
  assert.deepEqual(missing, [])
})

test('every promise of the page about security has a proof', () => {
  const rows = [...page.matchAll(/^\| (?!promise|---)(.+?) \| (.+) \|$/gm)]
  assert.ok(rows.length > 20)
  for (const [, promise, proof = ''] of rows) assert.match(proof, /`.+: .+`|the same/, promise)
})
