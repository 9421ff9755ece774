import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isCommonPassword } from '../../../src/features/accounts/common-password.ts'

test('passwords that everybody tries first are common', () => {
  const common = [
    '1234567890',
    'qwertyuiop',
    'password123',
    'Password1!',
    'iloveyou123',
    'qwerty12345',
    '1q2w3e4r5t',
    'letmein123',
  ]
  common.push(
    'administrator',
    'abcdefghij',
    '0987654321',
    'football123',
    '1qaz2wsx3edc',
    'P@ssw0rd2024',
    'basketball',
    'changeme!!',
  )
  common.push(
    'a123456789',
    'q1w2e3r4t5y6',
    '123qwe123qwe',
    'passwordpassword',
    'dragon1988',
    'Michael1990',
    'trustno1!!',
    '147258369',
  )
  common.push(
    '1029384756',
    '4815162342'.replace('4815162342', 'sunshine99'),
    'пароль12345',
    'йцукенгшщз',
    'gfhjkm12345',
    'Summer2024!',
  )
  common.push(
    'zaq12wsxcde3',
    'welcome2024',
    'hello world',
    'i love you 2',
    'abc123abc123',
    'monkey_12345',
    '!@#$%^&*()',
    'asdfghjkl;',
  )
  for (const password of common) assert.equal(isCommonPassword(password), true, password)
})

test('repetitions are common', () => {
  for (const password of [
    'aaaaaaaaaa',
    '1212121212',
    'abcabcabcabc',
    '          ',
    '🌻🌻🌻🌻🌻🌻🌻🌻🌻🌻',
    '1111122222',
  ]) {
    assert.equal(isCommonPassword(password), true, password)
  }
})

test('a password made of the name, the address or the forum is common', () => {
  const own = ['Nora Fields', 'nora.fields@example.com', 'nora.fields', 'The Porch']
  for (const password of [
    'norafields',
    'Nora Fields',
    'NoraFields1',
    'nora.fields@example.com',
    'theporch2024',
    '123theporch',
  ]) {
    assert.equal(isCommonPassword(password, own), true, password)
  }
  assert.equal(isCommonPassword('norafields1', []), false)
})

test('what nobody would guess is not common', () => {
  const fine = [
    'correct horse battery',
    'xkP9-vm2Q-tt',
    'the sky over Delos',
    'mango7teapot',
    'сорок две зимы',
    '雨の日は本を読む夜',
    'V9$kd!02lq',
  ]
  fine.push('dragonfly over lake', 'tr0ub4dor&3x', 'horsebattery', '8316402957', 'winterreise D911')
  for (const password of fine) assert.equal(isCommonPassword(password), false, password)
})

test('looking a long password up takes no time', () => {
  const start = performance.now()
  isCommonPassword('1q2w3e4r'.repeat(125))
  isCommonPassword(`${'ab'.repeat(499)}x`)
  assert.ok(performance.now() - start < 250)
})
