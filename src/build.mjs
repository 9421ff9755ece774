import { createHash, randomBytes } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'esbuild'
import { emojiData } from './build/emoji.mjs'
import { drawings, icons } from './build/icons.mjs'
import { pickerWithoutInlineStyles } from './build/picker.mjs'
import { bundleOwnModules } from './bundles/own-modules.mjs'
import { bundlePackages } from './bundles/packages.mjs'

const src = dirname(fileURLToPath(import.meta.url))
const publicBuild = join(src, '../public/build')
const lucide = join(dirname(createRequire(import.meta.url).resolve('lucide-static/package.json')), 'icons')
/** Bytes. */
const large = 200 * 1024
const dayMs = 24 * 60 * 60 * 1000

/**
 * Bundles src/styles and src/browser, draws the icon sprite, lists the emoji and writes all of it, compressed too, into
 * public/build. File names carry a hash of their content and manifest.json is replaced last, in one step, so a forum that
 * is running finds whole files only: those it started with stay for a day.
 * @param {string} [out] where to write
 * @returns {Promise<Record<string, string>>} the manifest: 'main.css' -> 'main-1A2B3C4D.css'
 */
export async function buildAssets(out = publicBuild) {
  const files = [...(await bundle()), await sprite(), hashed('emoji.json', await emojiData())]
  await mkdir(out, { recursive: true })
  await Promise.all(files.map(file => writeWithSiblings(out, file)))
  await keepForRunning(out)
  const manifest = Object.fromEntries(files.map(file => [file.logical, file.name]).sort())
  await replaceFile(join(out, 'manifest.json'), JSON.stringify(manifest, null, 2))
  await sweep(out, files)
  return manifest
}

async function bundle() {
  const { outputFiles, metafile } = await build({
    entryPoints: [
      join(src, 'browser/main.ts'),
      join(src, 'browser/proof-worker.ts'),
      join(src, 'browser/editor/rich-editor.ts'),
      join(src, 'browser/arrange.ts'),
      join(src, 'styles/main.css'),
      join(src, 'styles/styleguide.css'),
      join(src, 'styles/rich-editor.css'),
      join(src, 'styles/emoji.css'),
      join(src, 'styles/light-box.css'),
      join(src, 'styles/suggest.css'),
      join(src, 'styles/forums-admin.css'),
    ],
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    absWorkingDir: src,
    outdir: 'out',
    bundle: true,
    plugins: [pickerWithoutInlineStyles],
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: ['es2022', 'chrome123', 'firefox128', 'safari17.5'],
    legalComments: 'none',
    logLevel: 'silent',
  })
  return outputFiles.map(({ path, contents }) => {
    const name = basename(path)
    const entry = metafile.outputs[`out/${name}`]?.entryPoint
    return { name, contents, logical: entry ? basename(entry).replace(/\.ts$/, '.js') : name }
  })
}

async function sprite() {
  const drawn = await Promise.all(icons.map(async icon => [icon, await lucideDrawing(icon)]))
  const symbols = [...drawn, ...Object.entries(drawings)].map(
    ([id, drawing]) => `<symbol id="${id}" viewBox="0 0 24 24">${drawing}</symbol>`,
  )
  return hashed('sprite.svg', `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`)
}

function hashed(logical, text) {
  const contents = Buffer.from(text)
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 8)
  return { logical, name: logical.replace('.', `-${hash}.`), contents }
}

async function lucideDrawing(icon) {
  const svg = await readFile(join(lucide, `${icon}.svg`), 'utf8')
  const inside = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'))
  return inside
    .replace(/\s+/g, ' ')
    .replace(/ ?\/> ?/g, '/>')
    .trim()
}

async function writeWithSiblings(out, { name, contents }) {
  const { BROTLI_PARAM_SIZE_HINT, BROTLI_PARAM_QUALITY } = constants
  // The last tenth that could be saved of a large file takes longer than all the rest of a first start.
  const quality = contents.length > large ? 9 : 11
  const brotli = { params: { [BROTLI_PARAM_SIZE_HINT]: contents.length, [BROTLI_PARAM_QUALITY]: quality } }
  const wanted = [
    [name, () => contents],
    [`${name}.gz`, () => promisify(gzip)(contents, { level: 9 })],
    [`${name}.br`, () => promisify(brotliCompress)(contents, brotli)],
  ]
  for (const [file, make] of wanted)
    if (!(await exists(join(out, file)))) await replaceFile(join(out, file), await make())
}

async function replaceFile(file, contents) {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`
  await writeFile(temporary, contents)
  await rename(temporary, file)
}

/** What the manifest names until now may be in use by a running forum: its day begins now. */
async function keepForRunning(out) {
  const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8').catch(() => '{}'))
  const now = new Date()
  const files = Object.values(manifest).flatMap(siblings)
  await Promise.all(files.map(file => utimes(join(out, file), now, now).catch(() => undefined)))
}

/** Removes what earlier builds left, but nothing younger than a day: a running forum may still name it. */
async function sweep(out, files) {
  const current = new Set(['manifest.json', ...files.flatMap(file => siblings(file.name))])
  const now = Date.now()
  for (const name of await readdir(out)) {
    if (current.has(name)) continue
    const age = now - (await stat(join(out, name)).catch(() => ({ mtimeMs: now }))).mtimeMs
    if (age > dayMs) await rm(join(out, name), { force: true })
  }
}

const siblings = name => [name, `${name}.gz`, `${name}.br`]

const exists = file =>
  access(file).then(
    () => true,
    () => false,
  )

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now()
  const manifest = await buildAssets()
  await bundlePackages()
  await bundleOwnModules()
  console.log(`${Object.values(manifest).join(', ')} in ${Math.round(performance.now() - started)} ms`)
}
