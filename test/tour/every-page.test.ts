import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bareWords, wordsOf } from './bare-words.ts'
import { everyPage } from './tour.ts'
import { faultsOf, makeOf } from './valid-html.ts'

test('every page that somebody can come to is sound', async t => {
  const { seen, content } = await everyPage(t, 'en-XA')
  assert.ok(seen.length > 150)

  await t.test('no page of it is a fault of ours', () => {
    const faulty = seen.filter(({ page }) => page.status >= 500)
    assert.deepEqual(faulty.map(nameOf), [])
  })

  await t.test('on no page stands a word that translators do not reach', () => {
    const known = new Set(content.flatMap(wordsOf))
    const found = new Map<string, string>()
    for (const one of seen) {
      const bare = bareWords(one.page.html).filter(word => !known.has(word) && !found.has(word))
      for (const word of bare) found.set(word, `${word}: ${nameOf(one)}`)
    }
    assert.deepEqual([...found.values()], [])
  })

  await t.test('the HTML of every page is valid, with headings in order and labels on fields', async () => {
    const different = new Map(seen.map(one => [makeOf(one.page.html), one]))
    const faults = new Map<string, string>()
    for (const one of different.values()) {
      for (const fault of await faultsOf(one.page.html)) faults.set(fault, `${nameOf(one)}: ${fault}`)
    }
    assert.deepEqual([...faults.values()], [])
  })
})

function nameOf({ who, page }: { who: string; page: { url: string; status: number } }): string {
  return `${page.url} (${page.status}) for ${who}`
}
