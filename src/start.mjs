import { existsSync, readdirSync, statSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

// Plain JavaScript that an old Node can read too: better-sqlite3 would crash one without a word.
const oldest = 24
const version = process.versions.node
if (Number.parseInt(version, 10) < oldest) {
  console.error(
    `Stoa needs Node ${oldest} or later, and this is Node ${version}. On Linux, npm start uses the one that npm ci ` +
      'installed; elsewhere, get one from https://nodejs.org',
  )
  process.exit(1)
}

const src = fileURLToPath(new URL('.', import.meta.url))
const sources = ['browser', 'styles', 'build'].map(folder => join(src, folder))

// For platform/memory.ts and the threads. First of all: code that was compiled under other flags is not found again.
setFlagsFromString('--expose-gc')
// To collect what lived briefly takes a millisecond or two, but with a second thread as long as that one waits for a processor.
setFlagsFromString('--no-parallel-scavenge')

// What was compiled once is found again: a third off the time a start takes. Where we may not write, nothing is kept.
module.enableCompileCache(join(src, '../node_modules/.cache/stoa'))

if (existsSync('.env')) process.loadEnvFile()
const [command, ...rest] = process.argv.slice(2)

// 17 MB less than packages and our modules as they come. Where we may not write, that is how they are read.
const [{ bundlePackages }, { bundleOwnModules }, { preferWholeFiles }] = await Promise.all([
  import('./bundles/packages.mjs'),
  import('./bundles/own-modules.mjs'),
  import('./bundles/prefer.mjs'),
])
await bundlePackages().catch(() => undefined)
preferWholeFiles(command === 'dev' ? undefined : await bundleOwnModules().catch(() => undefined))

process.env.NODE_ENV ||= command === 'dev' ? 'development' : 'production'
if (command === 'cli') {
  const { runCommand } = await import('./cli.ts')
  process.exitCode = await runCommand(rest, console.log)
} else {
  const [{ run }] = await Promise.all([import('./server.ts'), build()])
  await run()
}

/** Bundles styles and scripts when that was not done since they changed. A broken bundle keeps the one before. */
async function build() {
  const built = statSync(join(src, '../public/build/manifest.json'), { throwIfNoEntry: false })
  if (built && built.mtimeMs >= newestSource()) return
  try {
    await bundle()
  } catch (error) {
    if (!built) refuse(error)
    console.error(`The styles and scripts are the old ones: ${error.message}`)
  }
}

/** What bundles is a process of its own, which would stay as long as ours. */
async function bundle() {
  const [{ buildAssets }, { stop }] = await Promise.all([import('./build.mjs'), import('esbuild')])
  try {
    await buildAssets()
  } finally {
    await stop()
  }
}

function refuse({ message }) {
  console.error(`The styles and scripts cannot be built: ${message}. Run "npm run build" as who may write public/build`)
  process.exit(1)
}

function newestSource() {
  const inside = sources.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)),
  )
  return Math.max(...[join(src, 'build.mjs'), ...inside].map(file => statSync(file).mtimeMs))
}
