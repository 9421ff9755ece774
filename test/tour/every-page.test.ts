import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fewOf } from '../support/few-of.ts'
import { bareWords, wordsOf } from './bare-words.ts'
import { everyPage } from './tour.ts'
import { faultsOf, makeOf } from './valid-html.ts'

const isLong = process.env.STOA_LONG === '1'

test('every page that somebody can come to is sound', async t => {
  const { seen, content } = await everyPage(t, 'en-XA')
  assert.ok(seen.length > 150)

  await t.test('no page of it is a fault of ours', () => {
    const faulty = seen.filter(({ who, page }) => page.status >= 500 && !who.includes('while the forum is closed'))
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

  await t.test('the HTML of every page is valid, with headings in order and labels on fields', async t => {
    const all = seen.map(one => ({ one, kinds: makeOf(one.page.html) }))
    const different = new Map(all.map(made => [[...made.kinds].sort().join('\n'), made]))
    const wanted = isLong ? [...different.values()].map(({ one }) => one) : fewOf([...different.values()])
    t.diagnostic(`${wanted.length} of ${different.size} pages that differ are validated`)
    const faults = new Map<string, string>()
    for (const one of wanted) {
      for (const fault of await faultsOf(one.page.html)) faults.set(fault, `${nameOf(one)}: ${fault}`)
    }
    assert.deepEqual([...faults.values()], [])
  })
})

function nameOf({ who, page }: { who: string; page: { url: string; status: number } }): string {
  return `${page.url} (${page.status}) for ${who}`
}
