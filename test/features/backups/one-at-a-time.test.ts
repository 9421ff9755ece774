import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { working } from '../../../src/features/backups/folder/notes.ts'

test('Of several who begin to work with backups at once, one does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stoa-notes-'))
  for (let round = 0; round < 40; round++) {
    const settled = Promise.withResolvers<void>()
    const told: string[] = []
    const tell = (what: string) => {
      told.push(what)
      if (told.length === 6) settled.resolve()
    }
    const one = async () => {
      const done = await working(folder, 'update', async () => {
        tell('works')
        await settled.promise
        return true
      })
      if (done === null) tell('waits')
    }
    await Promise.all(Array.from({ length: 6 }, one))
    assert.deepEqual(told.sort(), ['waits', 'waits', 'waits', 'waits', 'waits', 'works'])
  }
  await rm(folder, { recursive: true })
})
