import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameFault, tidyName } from '../../../src/features/members/display-name.ts'

import { nameKey } from '../../../src/features/members/name.ts'

function assertSame(...names: string[]) {
  const keys = new Set(names.map(nameKey))
  assert.equal(keys.size, 1, `${names.join(', ')}: ${[...keys].join(' | ')}`)
}

function assertFault(name: string, key: string) {
  assert.equal(nameFault(tidyName(name))?.key, `members.${key}`, JSON.stringify(name))
}

test('names that differ only in case, spaces or marks between words are the same', () => {
  assertSame(
    'Mary Jane',
    'mary jane',
    'MARY  JANE',
    'MaryJane',
    'mary_jane',
    'mary.jane',
    'mary-jane',
    'mary\u00a0jane',
  )
  assertSame('Straße', 'STRASSE', 'strasse')
  assertSame('Νίκος', 'ΝΊΚΟΣ', 'νίκοσ')
  assertSame('Вова', 'вова', 'ВОВА')
  assertSame('IAN', 'ian', 'Ian', 'İan', 'i\u0307an')
})

test('names that look alike are the same', () => {
  assertSame('Paul', 'PauI', 'Pau1', 'Pau|', 'Раul', 'Ｐａｕｌ', '𝐏𝐚𝐮𝐥', 'Ⓟⓐⓤⓛ', 'P\u200ba\u200du\u2060l', 'Pa\u00adul')
  assertSame('Modern', 'Modem', 'ⅿodern', 'МОDERN')
  assertSame('BOB', 'ВОВ', 'bob', 'B0B')
  assertSame('Zoë', 'Zoe\u0308', 'ZOË')
  assertSame('Sweden', 'Svveden')
  assertSame('scope', 'ѕсоре')
})

test('names that look different stay different', () => {
  const names = [
    'Anna',
    'Anne',
    'Hanna',
    'Nina',
    'Vina',
    'Zoe',
    'Zoë',
    'Саша',
    'Маша',
    '李雷',
    '韩梅',
    'علی',
    'بلال',
    'Dan',
    'Clan',
  ]
  assert.equal(new Set(names.map(nameKey)).size, names.length)
})

test('a name is kept composed, with single spaces inside and none around it', () => {
  assert.equal(tidyName('  Zoe\u0308 \t\n von\u3000\u00a0Sol '), 'Zoë von Sol')
})

test('people everywhere can use their names', () => {
  const names = [
    'Bob',
    'Jean-Luc O’Neill',
    "D'Arcy",
    'Ångström',
    'Żółć',
    'Σωκράτης',
    'Саша',
    'DJ Сергей',
    'محمد',
    'می‌خواهم',
  ]
  names.push(
    'משה',
    'नमस्ते',
    'क्‍ष नाम',
    '山田太郎',
    '김철수',
    'สมชาย',
    'Nguyễn Văn Ánh',
    'x_X_x',
    'Dr. J. Smith',
    '1234',
    '[TAG] Bob',
  )
  names.push(
    'Anna 🌻',
    '👩‍💻 Eva',
    'Kim 🇬🇷',
    'undefinable',
    'Null Island',
    '<b>bold</b>',
    "Robert'); DROP TABLE members;--",
    '#{7*7}',
  )
  for (const name of names) assert.equal(nameFault(tidyName(name)), null, name)
})

test('a name has 3 to 40 characters as people count them', () => {
  assertFault('Al', 'name_short')
  assertFault('', 'name_short')
  assertFault('a 👨‍👩‍👧‍👦'.replace(' ', ''), 'name_short')
  assert.equal(nameFault(`A${'👨‍👩‍👧‍👦'.repeat(20)}`), null)
  assert.equal(nameFault('é'.repeat(40)), null)
  assertFault('é'.repeat(41), 'name_long')
  assertFault('x'.repeat(100_000), 'name_long')
})

test('invisible and direction characters are refused', () => {
  const unseen = [
    '\u0000',
    '\u0007',
    '\u001b[31m',
    '\u00ad',
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u202e',
    '\u2066',
    '\ufeff',
  ]
  unseen.push(
    '\u3164',
    '\u115f',
    '\u2800',
    '\ue000',
    '\ud800',
    '\u{e0041}',
    '\ufe0f',
    '\u034f',
    '\u180e',
    '\u{1d173}',
    '\ufff9',
  )
  for (const character of unseen) assertFault(`An${character}na`, 'name_invisible')
})

test('a name holds a letter or a number, and no towers of marks', () => {
  for (const name of ['...', '---', '🌻🌻🌻', '!?!', '( )', "'''"]) assertFault(name, 'name_letters')
  assertFault('Z\u0335\u0321\u034d\u0348\u0353algo', 'name_marks')
})

test('a name is neither an e-mail nor a web address', () => {
  for (const name of ['bob@example.com', '@bob', 'bob＠example', 'a@b']) assertFault(name, 'name_email')
  const addresses = [
    'https://example.com',
    'www.example',
    'example.com',
    'cheap-pills.net/buy',
    'buy at pills.org',
    'ftp://x',
  ]
  for (const name of addresses) assertFault(name, 'name_address')
})

test('alphabets that look alike do not mix within a word', () => {
  for (const name of ['Pаul', 'Steνe', 'Аdаm Smith']) assertFault(name, 'name_mixed')
})

test('names that speak for the forum are reserved, look-alikes too', () => {
  const names = [
    'admin',
    'Admin',
    'ADMlN',
    'A.d.m.i.n',
    'Αdmin'.replace('Α', 'A'),
    'Administrator',
    'rnoderator',
    'Moderators',
  ]
  names.push('G u e s t', 'System', 'STOA', 'st0a', 'аdmіn'.replaceAll('а', 'a').replaceAll('і', 'i'), 'null')
  for (const name of names) assertFault(name, 'name_reserved')
  assert.equal(nameFault('Admin', { allowReserved: true }), null)
})
