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

test('every English phrase is a message that can be read', () => {
  assert.ok(loadCatalog('en').size > 0)
})

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
