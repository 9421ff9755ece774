// Runs the whole test suite, or the files whose path holds one of the words given:
//   npm test [-- words]
//   npm run test:long [-- words]
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `Stoa needs Node 24 or later to run its tests, and this is ${process.version}: use "npm test" after "npm ci".`,
  )
  process.exit(1)
}

const { globSync } = await import('node:fs')
const { dirname, join } = await import('node:path')
const { fileURLToPath } = await import('node:url')
const { run } = await import('node:test')
const { spec } = await import('node:test/reporters')

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)
// What one process compiled, the next one finds.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/stoa-tests')

/** Those that take long come first, so that none of them is left over when all others are done. */
const slowFirst = ['journeys', 'look', 'hostile', 'features']
const rank = file =>
  (slowFirst.findIndex(word => file.includes(`/${word}/`)) + slowFirst.length + 1) % (slowFirst.length + 1)

/** Those that wait for servers, locks and time limits leave the processors to others: they are spread among these. */
const waits = file => /\/(server|platform|commands)\//.test(file)

const wanted = process.argv.slice(2)
const all = globSync('test/**/*.test.ts')
  .filter(file => wanted.length === 0 || wanted.some(word => file.includes(word)))
  .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
const files = spread(
  all.filter(waits),
  all.filter(file => !waits(file)),
)

if (files.length === 0) {
  console.error(`No test file matches ${wanted.join(' ')}`)
  process.exit(1)
}

const { buildAssets } = await import('../src/build.mjs')
const { startPostgres } = await import('./support/postgres/server.ts')
const { makeTemplates, serverVariable } = await import('./support/postgres/databases.ts')
const { browserVariable, findBrowser } = await import('./support/browser.ts')
const { builtVariable } = await import('./support/assets.ts')
const { dealFiles, Watch } = await import('./support/batches.ts')

const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => interrupted.abort())

/** How long one test may take; `npm run test:long` sets STOA_LONG, with which samples become everything. */
const patienceMs = process.env.STOA_LONG === '1' ? 1_800_000 : 150_000

const postgres = await startPostgres()
try {
  await Promise.all([prepareServer(), prepareBrowser(), prepareAssets()])
  const { passed, failed } = await runFiles()
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || passed === 0 || interrupted.signal.aborted ? 1 : 0
} finally {
  await postgres.stop()
}
process.exit()

/** The few among the many, one after so many of them, and all before the last ones, which are short. */
function spread(few, many) {
  const every = Math.max(1, Math.floor((many.length * 0.8) / Math.max(1, few.length)))
  const among = many.flatMap((file, n) => (n % every === 0 ? [...few.slice(n / every, n / every + 1), file] : [file]))
  return [...among, ...few.slice(Math.ceil(many.length / every))]
}

async function prepareServer() {
  await makeTemplates(postgres.url)
  process.env[serverVariable] = postgres.url
}

async function prepareBrowser() {
  process.env[browserVariable] = await findBrowser()
}

async function prepareAssets() {
  await buildAssets()
  process.env[builtVariable] = '1'
}

/** Some processes, which take the files one by one. What never ends is ended, and counts as failed. */
async function runFiles() {
  const counts = { passed: 0, failed: 0 }
  const batches = dealFiles(files)
  interrupted.signal.addEventListener('abort', () => batches.end())
  const events = run({
    files: [...batches.modules],
    concurrency: batches.modules.length,
    execArgv: [`--test-timeout=${patienceMs}`, '--max-semi-space-size=64'],
    signal: interrupted.signal,
  })
  const watch = new Watch(events, patienceMs * 1.2)
  events.on('test:summary', summary => {
    if (summary.file !== undefined) return
    counts.passed = summary.counts.passed
    counts.failed = summary.counts.failed + summary.counts.cancelled
  })
  try {
    for await (const line of events.compose(spec)) process.stdout.write(line)
  } finally {
    watch.stop()
    batches.remove()
  }
  for (const file of watch.failed) console.log(`Failed: ${file}`)
  return counts
}
