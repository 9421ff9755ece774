import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { ZodType } from 'zod'
import { passwordFault } from '../../src/features/accounts/password-rules.ts'
import { costOf } from './harness/cost.ts'
import { repeatedTexts } from './harness/repeated.ts'

/** Milliseconds of processor time on the thread that answers everybody. */
const most = 50

/** To refuse it is an answer. */
function tried(act: () => unknown): void {
  try {
    act()
  } catch {}
}

type Taker = readonly [name: string, take: (text: string) => unknown]

/** Composing and reading back have threads of their own, where `long-texts.test.ts` looks at them. */
const inThreads = /^src\/content\/(bbcode|compare|inverse|markdown|model|pipeline|sanitise|stored)/
/** It comes behind `passwordFault`, which takes no long one. */
const guarded = new Set(['isCommonPassword'])

/** Every function of ours that is given a text first. New ones join by existing. */
async function functions(): Promise<Taker[]> {
  const found: Taker[] = [['a new password', text => passwordFault(text, { least: 10, own: ['Ann'] })]]
  for (const file of globSync('src/{content,platform,features}/**/*.ts').sort()) {
    if (inThreads.test(file)) continue
    const source = readFileSync(file, 'utf8')
    const given = [...source.matchAll(/^export function (\w+)\((\w+): (?:string|unknown)\b([^)]*)\)/gm)]
    const wanted = given.filter(
      ([, name = '', first = '']) => !/folder|file|path$|dir/i.test(first) && !guarded.has(name),
    )
    if (wanted.length === 0) continue
    const module = (await import(resolve(file))) as Record<string, (...given: unknown[]) => unknown>
    for (const [, name = '', , others = ''] of wanted) {
      const rest = others
        .split(',')
        .slice(1)
        .map(one => (/: number/.test(one) ? 80 : /: string/.test(one) ? 'x' : undefined))
      found.push([`${file} ${name}`, text => module[name]?.(text, ...rest)])
    }
  }
  return found
}

/** Every form that zod reads, with all of its fields. */
async function forms(): Promise<Taker[]> {
  const found: Taker[] = []
  for (const file of globSync('src/features/**/{form,forms,registry}.ts').sort()) {
    const module = (await import(resolve(file))) as Record<string, unknown>
    for (const [name, value] of Object.entries(module)) {
      for (const schema of schemasOf(value))
        found.push([`${file} ${name}`, text => schema.safeParse(filled(schema, text))])
    }
  }
  return found
}

function schemasOf(value: unknown): ZodType[] {
  if (value instanceof ZodType) return [value]
  if (Array.isArray(value)) return value.flatMap(one => schemasOf(one?.schema ?? one?.form))
  if (typeof value !== 'function') return []
  try {
    return schemasOf(value(100, 100))
  } catch {
    return []
  }
}

function filled(schema: ZodType, text: string): unknown {
  const shape = 'shape' in schema ? (schema.shape as object) : undefined
  return shape ? Object.fromEntries(Object.keys(shape).map(name => [name, text])) : text
}

test('Whatever is repeated a hundred thousand times, whoever reads it holds nobody up', async () => {
  const takers = [...(await functions()), ...(await forms())]
  assert.ok(takers.length > 120, `${takers.length}`)
  const slow: string[] = []
  const warm = 'Two words, and https://a.example/ too'.repeat(20)
  for (const [name, take] of takers) {
    tried(() => take(warm))
    for (const text of repeatedTexts()) {
      const { here } = await costOf(
        () => tried(() => take(text)),
        cost => cost.here <= most,
        10,
      )
      if (here > most) slow.push(`${name}: ${JSON.stringify(text.slice(0, 8))} takes ${here} ms`)
    }
  }
  assert.deepEqual(slow, [])
})
