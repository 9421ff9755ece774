import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { compileViews } from '../../src/platform/http/index.ts'

const root = join(import.meta.dirname, '../..')

function filesBelow(folder: string, ending: string): { name: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(ending))
    .map(name => ({ name: `${folder}/${name}`, text: withoutComments(readFileSync(join(root, folder, name), 'utf8')) }))
}

function withoutComments(text: string): string {
  return text.replace(/<%#.*?%>|\/\*.*?\*\//gs, '')
}

/** A part, an icon, a time, or a field with HTML that the content pipeline made. */
const mayBeUnescaped =
  /^(include\(.*\)|it\.icon\(.*\)|icon\(.*\)|it\.time\(.*\)|[\w.?[\]]*\b(html|\w+Html)( \?\? '')?)$/s

const views = filesBelow('views', '.ejs')

test('only parts, icons, times and finished HTML are written unescaped', () => {
  for (const { name, text } of views) {
    for (const [, code = ''] of text.matchAll(/<%-(.*?)[-_]?%>/gs)) {
      const written = code.trim()
      const fine =
        mayBeUnescaped.test(written) || includersIn(text).some(includer => written.startsWith(`${includer}(`))
      assert.ok(fine, `${name} writes ${written} unescaped`)
    }
  }
})

/** Functions of a view's own that do nothing but include a part: `const pages = label => include('shared/pages', { label })`. */
function includersIn(text: string): string[] {
  return [...text.matchAll(/const (\w+) = [\w(), ]+ => include\(/g)].map(([, name = '']) => name)
}

test('no view holds a script, a style or a handler of its own', () => {
  for (const { name, text } of views.filter(({ name }) => !name.includes('/mail/'))) {
    assert.doesNotMatch(text, /<style|\sstyle=|\son[a-z]+=|javascript:/i, name)
    for (const [tag] of text.matchAll(/<script\b[^>]*>/g)) assert.match(tag, /\ssrc=/, name)
  }
})

test('every view compiles, and every view that is asked for exists', () => {
  const compiled = compileViews(join(root, 'views'), { debug: true })
  const asked = [
    ...filesBelow('src', '.ts').flatMap(file =>
      namesIn(file, /\bpage\(\s*res[^,'"`]*(?:\([^)]*\))?[^,'"`]*,\s*'([\w/-]+)'/g),
    ),
    ...views.flatMap(file => namesIn(file, /\binclude\(\s*'([\w/-]+)'/g)),
  ]
  for (const { file, view } of asked) assert.ok(compiled.has(view), `${file} asks for ${view}.ejs`)
})

function namesIn({ name, text }: { name: string; text: string }, pattern: RegExp): { file: string; view: string }[] {
  return [...text.matchAll(pattern)].map(([, view = '']) => ({ file: name, view }))
}
