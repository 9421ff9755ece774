import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { cache, makeOnce, root } from './make-once.mjs'

/** By the names of their files. They consist of many modules, each of which takes some 20 KB of memory beside its code. */
const packages = {
  htmlparser2: 'htmlparser2',
  kysely: 'kysely',
  'kysely-migration': 'kysely/migration',
  'linkify-it': 'linkify-it',
  'markdown-it': 'markdown-it',
  nodemailer: 'nodemailer',
  'sanitize-html': 'sanitize-html',
  zod: 'zod',
}

const lock = join(root, 'package-lock.json')

/** Another one for other versions, and for another way of putting them together. Without a lock, packages stay as they are. */
const folder = existsSync(lock) && join(cache, `packages-${fingerprint()}`)

/** What bundles CommonJS for a module leaves the modules of Node.js to `require`. */
const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

/** An import of `node:http` would load what Node.js has for WebSocket and fetch, as platform/http/node-http.ts says. */
const httpAsItIs = {
  name: 'http as it is',
  setup(build) {
    const namespace = 'built-in'
    build.onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'node:http', namespace } : undefined,
    )
    build.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
    }))
  },
}

/** Makes one file of each package, and a few of what they share, unless that was done. Throws where we may not write. */
export async function bundlePackages() {
  if (!folder) return
  await makeOnce(folder, {
    entryPoints: packages,
    banner: { js: banner },
    plugins: [httpAsItIs],
    minifyWhitespace: true,
    minifySyntax: true,
  })
}

/** By the name of a package, the address of its one file; none where they are not there. */
export function wholePackages() {
  if (!folder || !existsSync(folder)) return new Map()
  return new Map(
    Object.entries(packages).map(([file, name]) => [name, pathToFileURL(join(folder, `${file}.mjs`)).href]),
  )
}

function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(lock))
  return hash
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex')
    .slice(0, 12)
}
