import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { endAll } from './support/batches.ts'

/** Files of tests, each of which fails in one of the ways in which a test can. */
const failing: Readonly<Record<string, string>> = {
  fails: "test('a', () => { throw new Error() })",
  'is rejected': "test('a', async () => { await null; throw new Error() })",
  'leaves a promise alone': "test('a', () => { Promise.reject(new Error()) })",
  'throws later': "test('a', () => { setTimeout(() => { throw new Error() }, 9) })",
  'is rejected later': "test('a', () => { setTimeout(() => { Promise.reject(new Error()) }, 9) })",
  'fails in a part': "test('a', async t => { await t.test('b', () => { throw new Error() }) })",
  'leaves a part alone': "test('a', t => { t.test('b', async () => { await null; throw new Error() }) })",
  'fails in a suite': "suite('a', () => { test('b', () => { throw new Error() }) })",
  'fails afterwards': "test('a', t => { t.after(() => { throw new Error() }) })",
  'fails at the end': "after(() => { throw new Error() }); test('a', () => {})",
  'cannot be loaded': "test('a', () => {}); throw new Error()",
  'ends the process': "test('a', () => process.exit(3))",
}

/** Deals each file to a process of its own, and prints the names of those that failed. */
const runner = `
import { run } from 'node:test'
import { dealFiles } from ${JSON.stringify(join(import.meta.dirname, 'support/batches.ts'))}
const dealt = process.argv.slice(2).map(file => ({ file, batches: dealFiles([file]) }))
const failed = new Set()
const events = run({ files: dealt.flatMap(({ batches }) => batches.modules), concurrency: 4, forceExit: false })
events.on('test:fail', ({ entryFile, file, name }) => failed.add(entryFile ?? file ?? name))
for await (const _ of events);
for (const { file, batches } of dealt) {
  if (batches.modules.some(module => failed.has(module))) console.log(file)
  batches.remove()
}`

test('a test that fails is never taken for one that passed, in whichever way it fails', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-failing-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const files = Object.entries({ ...failing, passes: "test('a', () => {})" }).map(([name, text]) => {
    const file = join(folder, `${name}.test.mjs`)
    writeFileSync(file, `import { after, suite, test } from 'node:test'\n${text}\n`)
    return { name, file }
  })
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const program = join(folder, 'run.mjs')
  writeFileSync(program, runner)
  const child = spawn(process.execPath, [program, ...files.map(({ file }) => file)], { env })
  t.after(() => endAll(child.pid ? [child.pid] : []))
  const told = new Set<string>()
  for await (const line of createInterface(child.stdout)) told.add(line)
  const passed = files.flatMap(({ name, file }) => (told.has(file) ? [] : name))
  assert.deepEqual(passed, ['passes'])
})

test('whoever ends a process of the suite ends what it started', async t => {
  const goOn = 'setInterval(() => {}, 1000)'
  const started = `console.log(process.pid); ${goOn}`
  const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(started)}],
    { stdio: 'inherit' }); ${goOn}`
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  t.after(() => endAll([parent.pid ?? 0, Number(line)]))
  // Both write to it, so it is closed when both have ended.
  const closed = once(parent.stdout, 'close')
  assert.equal(endAll([parent.pid ?? 0]), true)
  await closed
})
