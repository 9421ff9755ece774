import { createHash } from 'node:crypto'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { cache, makeOnce, root } from './make-once.mjs'

const dayMs = 24 * 60 * 60 * 1000

/** What begins a process or a thread, and the migrations, which share with them what they import. */
const beginnings = [
  'src/server.ts',
  'src/cli.ts',
  'src/**/*thread.ts',
  'src/content/thread/worker.ts',
  'migrations/*.ts',
]

/**
 * Makes a few files of our thousand modules, each of which would be found, read, stripped of its types and kept in memory
 * by itself, unless that was done since one of them changed. Throws where we may not write.
 * @returns {Promise<string>} the folder that they are in
 */
export async function bundleOwnModules() {
  const folder = join(cache, `own-${fingerprint()}`)
  await makeOnce(folder, {
    entryPoints: globSync(beginnings, { cwd: root }),
    outbase: root,
    chunkNames: 'shared/[name]-[hash]',
    packages: 'external',
    plugins: [whereItWas],
    sourcemap: 'linked',
    sourcesContent: false,
    tsconfigRaw: {},
  })
  // They may be somebody else's, who alone can do this.
  await sweep(folder).catch(() => undefined)
  return folder
}

/**
 * @param {string} folder that of `bundleOwnModules`
 * @returns {Map<string, string>} by the address of a module that begins something, that of the file to take instead
 */
export function ownModulesIn(folder) {
  const files = globSync(['src/**/*.mjs', 'migrations/*.mjs'], { cwd: folder })
  return new Map(
    files.map(file => [
      pathToFileURL(join(root, file.replace(/\.mjs$/, '.ts'))).href,
      pathToFileURL(join(folder, file)).href,
    ]),
  )
}

/** A module finds the files that it needs beside where it stands, not beside where it was put. */
const whereItWas = {
  name: 'where it was',
  setup(build) {
    build.onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8'))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: path.endsWith('.ts') ? 'ts' : 'js',
    }))
  },
}

/** Another one whenever a module or what makes the bundles has changed, and in another place. */
function fingerprint() {
  const hash = createHash('sha256').update(root)
  for (const folder of ['src', 'migrations']) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.(ts|mjs)$/.test(file)) hash.update(file).update(readFileSync(join(root, folder, file)))
    }
  }
  return hash.digest('hex').slice(0, 12)
}

/** Those that nobody has begun with for a day. A forum that began with one may still read a part that it did not need yet. */
async function sweep(inUse) {
  const now = new Date()
  await utimes(inUse, now, now)
  for (const name of await readdir(cache)) {
    const folder = join(cache, name)
    if (!name.startsWith('own-') || folder === inUse || (await stat(folder)).mtimeMs > now.getTime() - dayMs) continue
    await rm(folder, { recursive: true, force: true })
  }
}
