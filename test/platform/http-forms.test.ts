import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Request } from 'express'
import { z } from 'zod'
import { Conflict, Invalid, msg, NotFound } from '../../src/platform/errors.ts'
import { signInPath } from '../../src/platform/http/forms/params.ts'
import {
  emptyForm,
  idFrom,
  idOf,
  keyed,
  ownPath,
  pageNumber,
  readForm,
  returnPath,
  submit,
  withErrors,
} from '../../src/platform/http/index.ts'

const schema = z.object({
  name: z.string({ error: 'accounts.name_missing' }).min(3, { error: keyed('accounts.name_short', { min: 3 }) }),
  age: z.coerce.number().int(),
})

test('a sound form gives its values and remembers what was typed', () => {
  const form = readForm(schema, { name: 'Ann', age: '7' })
  assert.deepEqual(form, { typed: { name: 'Ann', age: '7' }, errors: null, values: { name: 'Ann', age: 7 } })
})

test('a faulty form says what is wrong with each field, in phrases with their numbers', () => {
  const form = readForm(schema, { name: 'A', age: '7' })
  assert.deepEqual(form.errors, { name: { key: 'accounts.name_short', args: { min: 3 } } })
  assert.deepEqual(readForm(schema, {}).errors?.name, { key: 'accounts.name_missing' })
})

test('words that a programmer would read are not shown to people', () => {
  assert.deepEqual(readForm(schema, { name: 'Ann', age: 'old' }).errors, { age: { key: 'http.field_invalid' } })
})

test('a form that is no form is faulty, not a fault', () => {
  for (const body of [undefined, null, 'text', 7, []]) assert.ok(readForm(schema, body).errors)
})

test('passwords are never given back, lists are, and other things are not', () => {
  const { typed } = readForm(z.any(), { name: 'Ann', password: 'x', newPassword: 'y', ids: ['1', '2'], deep: { a: 1 } })
  assert.deepEqual(typed, { name: 'Ann', ids: ['1', '2'] })
})

test('what the action finds wrong comes back with the form, other refusals go on', async () => {
  const form = readForm(schema, { name: 'Ann', age: '7' })
  assert.deepEqual(await submit(form, async values => values.age), { done: 7, form: null })
  const taken = await submit(form, async () => {
    throw new Invalid({ name: msg('accounts.name_taken') })
  })
  assert.deepEqual(taken.form?.errors, { name: msg('accounts.name_taken') })
  assert.deepEqual(taken.form?.typed, { name: 'Ann', age: '7' })
  await assert.rejects(
    submit(form, () => Promise.reject(new Conflict())),
    Conflict,
  )
  const faulty = await submit(readForm(schema, {}), () => assert.fail('nothing may be done'))
  assert.ok(faulty.form?.errors.name)
})

test('errors found later join those found before', () => {
  const form = withErrors(emptyForm({ name: 'Ann' }), { '': msg('accounts.wrong') })
  assert.deepEqual(form, { typed: { name: 'Ann' }, errors: { '': msg('accounts.wrong') } })
})

function asking(parts: { params?: object; query?: object; body?: object }): Request {
  return { params: {}, query: {}, ...parts } as Request
}

test('the number in front of a slug is the id; anything else is not found', () => {
  assert.equal(idOf(asking({ params: { id: '12-news' } })), 12)
  assert.equal(idOf(asking({ params: { topic: '7' } }), 'topic'), 7)
  const wrong = ['', '0', '-1', '1e3', '12news', '007', '2147483648', '99999999999', '١٢', '1.5', ['1']]
  for (const id of [...wrong, undefined]) {
    assert.throws(() => idOf(asking({ params: { id } })), NotFound, String(id))
    assert.equal(idFrom(id), null)
  }
})

test('a page is a number from one on', () => {
  assert.equal(pageNumber(asking({})), 1)
  assert.equal(pageNumber(asking({ query: { page: '12' } })), 12)
  for (const page of ['0', '-1', 'abc', '', '1.5', '99999999', ['1', '2'], '1 ']) {
    assert.throws(() => pageNumber(asking({ query: { page } })), NotFound, String(page))
  }
})

test('people are only ever led back to a path on this site', () => {
  for (const path of ['/', '/topic/7-x/?page=2#post-9', '/search?q=a%2Fb', '/a:b/c@d'])
    assert.equal(ownPath(path), path)
  const elsewhere = [
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'evil',
    '/\t/evil.example',
    '/\n/evil.example',
    '\u0000/x',
    ' /x',
    '/..//evil.example',
    '/.//evil.example',
    '/x\u007f',
    '/%2e%2e//evil.example',
    `/${'x'.repeat(3000)}`,
    '',
    undefined,
    null,
    7,
    ['/x'],
    '//',
    '/\u0085x',
    '?x',
    '#x',
  ]
  for (const path of elsewhere) assert.equal(ownPath(path, '/home'), '/home', String(path))
  assert.equal(returnPath(asking({ body: { return: '/x' } })), '/x')
  assert.equal(returnPath(asking({ query: { return: '//evil.example' } }), '/home'), '/home')
  assert.equal(signInPath('/topic/7-x/?page=2'), '/login/?return=%2Ftopic%2F7-x%2F%3Fpage%3D2')
})
