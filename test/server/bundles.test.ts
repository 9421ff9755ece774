import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Visitor } from '../support/index.ts'
import { folderWith, startForum } from './process.ts'

const root = join(import.meta.dirname, '../..')

/** The forum's files once more, with the same packages and nothing that was made of either. */
function copyOfForum(t: TestContext): string {
  const code = folderWith(t)
  for (const name of ['src', 'views', 'migrations', 'public', 'package.json', 'package-lock.json']) {
    cpSync(join(root, name), join(code, name), { recursive: true, preserveTimestamps: true })
  }
  mkdirSync(join(code, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '.cache') symlinkSync(join(root, 'node_modules', name), join(code, 'node_modules', name))
  }
  return code
}

const bundlesOf = (code: string) =>
  readdirSync(join(code, 'node_modules/.cache/stoa')).filter(name => name.startsWith('own-'))

test('a forum runs from a few files that are made of its modules, and anew when one of them was changed', async t => {
  const code = copyOfForum(t)
  const first = startForum(t, { code })
  assert.equal((await new Visitor(await first.address()).get('/')).status, 200)
  await first.end()
  assert.equal(bundlesOf(code).length, 1)

  const server = join(code, 'src/server.ts')
  writeFileSync(server, readFileSync(server, 'utf8').replace("'listening'", "'all ears'"))
  const changed = startForum(t, { code })
  await changed.says(/"msg":"all ears"/)
  assert.equal(await changed.end(), 0)
  assert.equal(bundlesOf(code).length, 2)
})

test('where nothing can be made of its modules, a forum runs from them as they are', async t => {
  const code = copyOfForum(t)
  writeFileSync(join(code, 'node_modules/.cache'), 'not a folder')
  const forum = startForum(t, { code })
  assert.equal((await new Visitor(await forum.address()).get('/')).status, 200)
  assert.equal(await forum.end(), 0)
  assert.equal(forum.errors, '')
})
