import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import {
  directionOf,
  isLocale,
  isTimeZone,
  loadCatalog,
  localeFor,
  times,
  translator,
} from '../../src/platform/locale/index.ts'
import { sayerOf } from '../../src/platform/locale/sayer.ts'

const folder = mkdtempSync(join(tmpdir(), 'stoa-locale-'))
after(() => rmSync(folder, { recursive: true }))

function catalogOf(phrases: Record<string, unknown>) {
  mkdirSync(join(folder, 'en'), { recursive: true })
  writeFileSync(join(folder, 'en', 'topics.json'), JSON.stringify(phrases))
  return loadCatalog('en', folder)
}

test('a phrase without places is kept as a plain text under its file and key', () => {
  assert.equal(catalogOf({ locked: 'This topic is <locked>' }).get('topics.locked'), 'This topic is <locked>')
  assert.equal(catalogOf({ quoted: "It''s here" }).get('topics.quoted'), "It's here")
})

test('a phrase with places counts as people do', () => {
  const phrase = catalogOf({ replies: '{count, plural, one {# reply} other {# replies}}' }).get('topics.replies')
  assert.ok(phrase instanceof IntlMessageFormat)
  assert.equal(phrase.format({ count: 1 }), '1 reply')
  assert.equal(phrase.format({ count: 1200 }), '1,200 replies')
})

test('a phrase is said with what stands in its places, the same each time', () => {
  const phrases = catalogOf({
    by: "{name} wrote ''{title}''",
    replies: '{count, plural, one {# reply} other {# replies}} by {name}',
    joined: '{name} joined {when, date, short}',
    more: '{count, plural, offset:1 =0 {nobody} =1 {you} one {you and # other} other {you and # others}}',
    posts: '{count, plural, one {# post} other {# posts}}',
  })
  const say = (key: string) => {
    const said = sayerOf(phrases.get(`topics.${key}`) ?? '')
    assert.ok(typeof said === 'function')
    return said
  }
  const [by, replies, posts] = [say('by'), say('replies'), say('posts')]
  assert.equal(by({ name: 'Ann', title: 7 }), "Ann wrote '7'")
  assert.throws(() => by({ name: 'Ann' }), /title/)
  for (const name of ['Ann', 'Bob']) assert.equal(replies({ count: 1, name }), `1 reply by ${name}`)
  for (const count of [1, 2, 1, 1200, 1200]) {
    assert.equal(posts({ count }), count === 1 ? '1 post' : `${count.toLocaleString('en')} posts`)
  }
  assert.throws(() => posts({ number: 1 }))
  assert.equal(say('joined')({ name: 'Ann', when: Date.UTC(2024, 5, 12, 12) }), 'Ann joined 6/12/24')
  const others = ['nobody', 'you', 'you and 1 other', 'you and 2 others']
  assert.deepEqual(
    [0, 1, 2, 3].map(count => say('more')({ count })),
    others,
  )
})

test('a phrase that is no ICU message names its file and key', () => {
  assert.throws(() => catalogOf({ broken: 'Hello {name' }), /topics\.json: broken/)
  assert.throws(() => catalogOf({ number: 7 }), /topics\.json: number is no text/)
})

test('an unknown phrase is a mistake that is noticed', () => {
  assert.throws(() => translator('en')('topics.nobody_wrote_this'), /There is no phrase topics\.nobody_wrote_this/)
})

test('the pseudo-locale brackets every phrase, so that bare words stand out', () => {
  assert.equal(translator('en-XA')('http.problem_404_title'), `⟦${translator('en')('http.problem_404_title')}⟧`)
})

test('every English phrase is said as ICU says it', () => {
  for (const [key, phrase] of loadCatalog('en')) {
    if (typeof phrase === 'string') continue
    const say = sayerOf(phrase)
    assert.ok(typeof say === 'function')
    for (const [at, count] of [0, 1, 2, 3, 1200, 12_345, 1.5, 1].entries()) {
      const args = argsFor(phrase.getAst(), count, at)
      assert.equal(say(args), String(phrase.format(args)), key)
    }
  }
})

/** Something for each place: a number where one is counted, one of the choices where there are some. */
function argsFor(
  message: ReturnType<IntlMessageFormat['getAst']>,
  count: number,
  at: number,
): Record<string, string | number> {
  return Object.assign(
    {},
    ...message.map(element => {
      if (element.type === 1) return { [element.value]: 'Ann' }
      if (element.type === 2) return { [element.value]: count }
      if (!('options' in element)) return {}
      const choices = Object.keys(element.options)
      const inside = Object.values(element.options).map(({ value }) => argsFor(value, count, at))
      return Object.assign({}, ...inside, {
        [element.value]: element.type === 5 ? choices[at % choices.length] : count,
      })
    }),
  )
}

test('a language chosen by cookie goes before what the browser prefers', () => {
  assert.equal(localeFor('en-XA', 'en'), 'en-XA')
  assert.equal(localeFor('xx', 'en-GB,en;q=0.8'), 'en')
  assert.equal(localeFor(undefined, undefined), 'en')
  assert.equal(localeFor(undefined, 'de;q=1,en-US;q=0.5'), 'en')
  assert.equal(localeFor(undefined, ',;;q=,*;q=0'), 'en')
})

test('only shipped languages are shown', () => {
  assert.equal(isLocale('en'), true)
  assert.equal(isLocale('../../etc'), false)
  assert.equal(isLocale(undefined), false)
  assert.equal(directionOf('ar-EG'), 'rtl')
  assert.equal(directionOf('en'), 'ltr')
})

test('moments are written in the time zone of whoever reads', () => {
  const noon = Date.UTC(2024, 5, 12, 12, 0)
  assert.match(times('en', 'Asia/Tokyo').dateTime(noon), /Jun 12, 2024, 9:00\sPM/)
  assert.match(times('en', 'Asia/Tokyo').dateTime(noon + 59_999), /9:00\sPM/)
  assert.match(times('en', 'Asia/Tokyo').dateTime(noon + 60_000), /9:01\sPM/)
  assert.equal(times('en', 'Asia/Tokyo').date(noon), 'Jun 12, 2024')
  assert.equal(times('en', 'UTC').iso(noon), '2024-06-12T12:00:00.000Z')
})

test('an unknown time zone counts as UTC', () => {
  assert.equal(isTimeZone('Europe/Athens'), true)
  assert.equal(isTimeZone('Mars/Olympus'), false)
  assert.equal(isTimeZone("'; drop table"), false)
  assert.equal(times('en', 'Mars/Olympus').date(0), 'Jan 1, 1970')
})
