import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { defaultLocale, loadCatalog } from '../../src/platform/locale/index.ts'
import { handlers, letters } from '../../src/work.ts'

const root = join(import.meta.dirname, '../..')
const phrases = [...loadCatalog(defaultLocale).keys()]
const areas = new Set(phrases.map(areaOf))

/** The program and the views without comments, and without SQL, which names columns as we name phrases. */
const code = ['src', 'views'].flatMap(filesBelow).map(withoutComments).join('\n')

function filesBelow(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  return files
    .filter(file => /\.(ts|ejs)$/.test(file) && !/\/queries(\.ts$|\/)/.test(file))
    .map(file => join(folder, file))
}

function withoutComments(file: string): string {
  return readFileSync(join(root, file), 'utf8').replace(/^\s*(\/\*\*|\*|\/\/).*$/gm, '')
}

function areaOf(key: string): string {
  return key.split('.')[0] ?? ''
}

/** `topics.order_${name}` and the like, as patterns that catch what is put in. */
function composedNames(): RegExp[] {
  const found = [...code.matchAll(/`([a-z]+\.[^`\n]*\$\{[^`\n]*)`/g)].map(([, key = '']) => key)
  const ours = found.filter(key => areas.has(areaOf(key)))
  return ours.map(
    key => new RegExp(`^${key.replace('.', '\\.').replaceAll(/\$\{(?:[^{}]|\{[^}]*\})*\}/g, '([a-z0-9_-]*)')}$`),
  )
}

function isWork(name: string): boolean {
  return name in handlers || name in letters
}

test('every phrase that is asked for by its name is there', () => {
  const named = [...code.matchAll(/(['"`])([a-z]+\.[a-z0-9_-]+)\1/g)].map(([, , key = '']) => key)
  const missing = named.filter(key => areas.has(areaOf(key)) && !phrases.includes(key) && !isWork(key))
  assert.deepEqual([...new Set(missing)], [])
})

test('every phrase is used, by its name or by one that is put together from words of the program', () => {
  const named = new Set([...code.matchAll(/(['"`])([a-z]+\.[a-z0-9_-]+)\1/g)].map(([, , key]) => key))
  const words = new Set(code.match(/[A-Za-z0-9]+/g))
  const patterns = composedNames()
  const isPut = (key: string) =>
    patterns.some(pattern => {
      const put = pattern.exec(key)?.slice(1).join('_')
      return put?.split(/[_-]/).every(word => word === '' || words.has(word))
    })
  assert.deepEqual(
    phrases.filter(key => !named.has(key) && !isPut(key)),
    [],
  )
})
