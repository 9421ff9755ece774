import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

type Package = { version: string; integrity?: string; resolved?: string } & Needs
type Needs = Partial<Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>>

function read<T>(file: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, '..', file), 'utf8'))
}

const ours = read<Needs>('package.json')
const { packages } = read<{ packages: Record<string, Package> }>('package-lock.json')

test('whoever installs the forum gets the very versions it was tried with', () => {
  const wanted = { ...ours.dependencies, ...ours.devDependencies, ...ours.optionalDependencies }
  for (const [name, version] of Object.entries(wanted)) {
    assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name)
    assert.equal(packages[`node_modules/${name}`]?.version, version, name)
  }
})

test('whoever installs the forum anywhere finds what their machine needs in the lock file, and takes it from their own registry', () => {
  for (const [path, { dependencies, optionalDependencies, integrity, resolved }] of Object.entries(packages)) {
    if (path === '') continue
    assert.ok(integrity, `${path} has no integrity`)
    assert.equal(resolved, undefined, path)
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      assert.ok(isLocked(name, path), `${path} needs ${name}, which is not in the lock file`)
    }
  }
})

/** Node.js looks beside a package and then further up. */
function isLocked(name: string, from: string): boolean {
  const inside = `${from}/node_modules/${name}`
  if (packages[inside.replace(/^\//, '')]) return true
  return from !== '' && isLocked(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))))
}
