import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { drawings, icons } from '../../src/build/icons.mjs'
import { buildAssets } from '../../src/build.mjs'

const root = join(import.meta.dirname, '../..')

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-build-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

type Built = { readonly out: string; readonly manifest: Record<string, string> }

let building: Promise<Built> | undefined

/** A whole build, made once for all who only look at it. */
function build(): Promise<Built> {
  building ??= buildInto(mkdtempSync(join(tmpdir(), 'stoa-build-')))
  return building
}

async function buildInto(out: string): Promise<Built> {
  return { out, manifest: await buildAssets(out) }
}

after(async () => building && rmSync((await building).out, { recursive: true, force: true }))

test('what is built is named by its content and lies there compressed as well', async () => {
  const { out, manifest } = await build()
  assert.deepEqual(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')), manifest)
  for (const logical of ['main.css', 'main.js', 'sprite.svg']) {
    const name = manifest[logical]
    assert.match(name ?? '', /^\w+-\w{8}\.(css|js|svg)$/)
    const plain = readFileSync(join(out, `${name}`))
    assert.deepEqual(gunzipSync(readFileSync(join(out, `${name}.gz`))), plain)
    assert.deepEqual(brotliDecompressSync(readFileSync(join(out, `${name}.br`))), plain)
  }
})

test('a guest loads at most 15 KB of styles and 10 KB of scripts, and who writes 170 KB more, once', async () => {
  const { out, manifest } = await build()
  const size = (logical: string) => readFileSync(join(out, `${manifest[logical]}.gz`)).length
  assert.ok(size('main.css') <= 15 * 1024, `main.css has ${size('main.css')} bytes`)
  assert.ok(size('main.js') <= 10 * 1024, `main.js has ${size('main.js')} bytes`)
  const editor = size('rich-editor.js') + size('rich-editor.css')
  assert.ok(editor <= 170 * 1024, `the editor has ${editor} bytes`)
})

test('what every page loads is one script, and what few need is fetched by those', async () => {
  const { out, manifest } = await build()
  const scripts = Object.values(manifest).filter(name => name.endsWith('.js'))
  const loads = (name: string, how: RegExp) => [...readFileSync(join(out, name), 'utf8').matchAll(how)].length
  assert.equal(loads(`${manifest['main.js']}`, /\bimport(?!\s*\()/g), 0)
  assert.equal(loads(`${manifest['main.js']}`, /\bimport\s*\(/g), 6)
  assert.equal(loads(`${manifest['rich-editor.js']}`, /\bimport[^(]*from/g), 0)
  assert.equal(scripts.length, 11, scripts.join(', '))
})

test('a forum that is running keeps the files it started with for a day after a new build', async t => {
  const out = emptyFolder(t)
  const week = new Date(Date.now() - 7 * 86_400_000)
  const place = (name: string) => {
    writeFileSync(join(out, name), '')
    utimesSync(join(out, name), week, week)
  }
  for (const name of ['main-RUNNING1.css', 'main-OLD12345.css']) place(name)
  writeFileSync(join(out, 'manifest.json'), JSON.stringify({ 'main.css': 'main-RUNNING1.css' }))

  await buildAssets(out)

  const left = readdirSync(out)
  assert.ok(left.includes('main-RUNNING1.css'))
  assert.ok(!left.includes('main-OLD12345.css'))
  assert.deepEqual(
    left.filter(name => name.endsWith('.tmp')),
    [],
  )
})

test('two builds at once leave one whole build', async t => {
  const out = emptyFolder(t)
  const [one, other] = await Promise.all([buildAssets(out), buildAssets(out)])
  assert.deepEqual(one, other)
  for (const name of Object.values(one)) assert.ok(readFileSync(join(out, name)).length > 0)
})

test('every icon that a view or a feature names is in the sprite', () => {
  const known = new Set([...icons, ...Object.keys(drawings)])
  for (const folder of ['views', 'src/features']) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ejs|ts)$/.test(file)) continue
      const text = readFileSync(join(root, folder, file), 'utf8')
      for (const [, name = ''] of text.matchAll(/(?:it\.icon\(|\bsymbol: )'([\w-]+)'/g)) {
        assert.ok(known.has(name), `${folder}/${file} names the icon ${name}, which src/build/icons.mjs lacks`)
      }
    }
  }
})
