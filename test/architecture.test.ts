import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser'
import ts from 'typescript'

const root = join(import.meta.dirname, '..')
const { options = {}, ...ruleSet } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as IConfiguration

/** The names of the rules that this house breaks. */
async function brokenRules(baseDir: string): Promise<string[]> {
  const { tsConfig: _, ...rest } = options
  const settings = { ...rest, ruleSet, validate: true, baseDir }
  const tsConfig = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config
  const { output } = await cruise(['src'], settings, undefined, { tsConfig })
  return [...new Set((output as ICruiseResult).summary.violations.map(violation => violation.rule.name))]
}

/** A small house with these files, on our packages. */
function houseOf(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-house-'))
  t.after(() => rmSync(folder, { recursive: true }))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

const door = 'export const door = 1\n'

test('the house keeps its own rules', async () => {
  assert.deepEqual(await brokenRules(root), [])
})

const breaches: Record<string, [rule: string, files: Record<string, string>]> = {
  'a feature that reaches past the door of another': [
    'one-door',
    {
      'src/features/posts/a.ts': "import { door } from '../forums/queries.ts'\nexport const a = door\n",
      'src/features/forums/queries.ts': door,
    },
  ],
  'a low floor that imports a high one': [
    'floor-topics',
    {
      'src/features/topics/a.ts': "import { door } from '../claims/index.ts'\nexport const a = door\n",
      'src/features/claims/index.ts': door,
    },
  ],
  'a low floor that imports a type of a high one': [
    'floor-topics',
    {
      'src/features/topics/a.ts': "import type { Door } from '../claims/index.ts'\nexport type A = Door\n",
      'src/features/claims/index.ts': 'export type Door = 1\n',
    },
  ],
  'a feature without a floor': [
    'known-floors-only',
    {
      'src/features/posts/a.ts': "import { door } from '../attic/index.ts'\nexport const a = door\n",
      'src/features/attic/index.ts': door,
    },
  ],
  'a platform that knows a feature': [
    'platform-knows-no-feature',
    {
      'src/platform/a.ts': "import { door } from '../features/posts/index.ts'\nexport const a = door\n",
      'src/features/posts/index.ts': door,
    },
  ],
  'content that knows a feature': [
    'platform-knows-no-feature',
    {
      'src/content/a.ts': "import { door } from '../features/posts/index.ts'\nexport const a = door\n",
      'src/features/posts/index.ts': door,
    },
  ],
  'a platform that knows content': [
    'platform-knows-no-content',
    {
      'src/platform/a.ts': "import { door } from '../content/index.ts'\nexport const a = door\n",
      'src/content/index.ts': door,
    },
  ],
  'a command that reaches past a door': [
    'doors-from-outside',
    {
      'src/commands/a.ts': "import { door } from '../features/posts/queries.ts'\nexport const a = door\n",
      'src/features/posts/queries.ts': door,
    },
  ],
  'SQL outside of queries': [
    'kysely-in-queries-only',
    { 'src/features/posts/a.ts': "import { sql } from 'kysely'\nexport const a = sql\n" },
  ],
  'express in an action': [
    'express-at-the-edge',
    { 'src/features/posts/a.ts': "import { Router } from 'express'\nexport const a = Router\n" },
  ],
  'an action that speaks HTTP': [
    'http-not-in-actions',
    {
      'src/features/posts/a.ts': "import { door } from '../../platform/http/index.ts'\nexport const a = door\n",
      'src/platform/http/index.ts': door,
    },
  ],
  'a database driver outside of the store': [
    'drivers-in-the-store-only',
    { 'src/platform/jobs/a.ts': "import pg from 'pg'\nexport const a = pg\n" },
  ],
  'pictures decoded outside of the platform’s files': [
    'uploads-in-files-only',
    { 'src/features/posts/a.ts': "import sharp from 'sharp'\nexport const a = sharp\n" },
  ],
  'a mail sent past the post office': [
    'nodemailer-in-mail-only',
    {
      'src/features/accounts/a.ts': "import { createTransport } from 'nodemailer'\nexport const a = createTransport\n",
    },
  ],
  'something fetched past the one way out': [
    'one-way-out',
    { 'src/features/posts/a.ts': "import { request } from 'undici'\nexport const a = request\n" },
  ],
  'Node’s HTTP imported with all its names': [
    'no-import-of-http',
    { 'src/platform/http/a.ts': "import { createServer } from 'node:http'\nexport const a = createServer\n" },
  ],
  'a policy that asks the database': [
    'policy-is-pure',
    {
      'src/features/posts/policy.ts': "import { door } from './queries.ts'\nexport const a = door\n",
      'src/features/posts/queries.ts': door,
    },
  ],
  'a form that knows more than zod': [
    'forms-know-zod-only',
    {
      'src/features/posts/forms.ts': "import { door } from './queries.ts'\nexport const a = door\n",
      'src/features/posts/queries.ts': door,
    },
  ],
  'a circle, of types too': [
    'no-circles',
    {
      'src/features/posts/a.ts': "import type { B } from './b.ts'\nexport type A = B\n",
      'src/features/posts/b.ts': "import type { A } from './a.ts'\nexport type B = A | 1\n",
    },
  ],
  'a package that is there by luck': [
    'declared-packages',
    { 'src/features/posts/a.ts': "import { parse } from 'parse5'\nexport const a = parse\n" },
  ],
  'an import that leads nowhere': [
    'resolved',
    { 'src/features/posts/a.ts': "import { b } from './b.ts'\nexport const a = b\n" },
  ],
}

test('every rule is shown to be noticed when it is broken', () => {
  // Each floor has the same rule; one of them stands for all.
  const names = (ruleSet.forbidden ?? []).map(rule => rule.name ?? '').filter(name => !/^floor-(?!topics$)/.test(name))
  assert.deepEqual(names.sort(), [...new Set(Object.values(breaches).map(([rule]) => rule))].sort())
})

for (const [name, [rule, files]] of Object.entries(breaches)) {
  test(`the checks refuse ${name}`, async t => {
    assert.ok((await brokenRules(houseOf(t, files))).includes(rule))
  })
}
