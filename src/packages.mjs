import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

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

const whole = Object.entries(packages)
const root = fileURLToPath(new URL('..', import.meta.url))

const lock = join(root, 'package-lock.json')

/** Another one for other versions, and for another way of putting them together. Without a lock, packages stay as they are. */
const folder = existsSync(lock) && join(root, 'node_modules/.cache/stoa', `packages-${fingerprint()}`)

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

/**
 * Whoever imports one of these packages from now on, in this thread, gets the one file that was made of it. Our own modules
 * are where they are said to be: for each of seven hundred Node.js would look for links and for what package it is in.
 */
export function preferWholePackages() {
  const isThere = folder && existsSync(folder)
  const files = new Map(
    whole.flatMap(([file, name]) => (isThere ? [[name, pathToFileURL(join(folder, `${file}.mjs`)).href]] : [])),
  )
  registerHooks({
    resolve(specifier, context, next) {
      const url = files.get(specifier)
      if (url) return { url, format: 'module', shortCircuit: true }
      if (!specifier.startsWith('.') || !specifier.endsWith('.ts')) return next(specifier, context)
      return { url: new URL(specifier, context.parentURL).href, format: 'module-typescript', shortCircuit: true }
    },
  })
}

/** Makes one file of each package, and a few of what they share, unless that was done. Throws where we may not write. */
export async function bundlePackages() {
  if (!folder || existsSync(folder)) return
  const draft = `${folder}.${randomBytes(6).toString('hex')}`
  const { build, stop } = await import('esbuild')
  await mkdir(draft, { recursive: true })
  try {
    await build({
      entryPoints: packages,
      outdir: draft,
      outExtension: { '.js': '.mjs' },
      absWorkingDir: root,
      banner: { js: banner },
      bundle: true,
      splitting: true,
      plugins: [httpAsItIs],
      platform: 'node',
      format: 'esm',
      target: 'node24',
      minifyWhitespace: true,
      minifySyntax: true,
      logLevel: 'silent',
    })
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    // Somebody else who starts was quicker.
    if (!existsSync(folder)) throw error
  } finally {
    await stop()
  }
}

function fingerprint() {
  const hash = createHash('sha256').update(readFileSync(lock))
  return hash
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex')
    .slice(0, 12)
}
