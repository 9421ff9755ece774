import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPage, testForum } from '../../support/index.ts'
import { set, whyWaits } from './strangers.ts'

test('a real browser works for its proof under our policy, and its member need not wait', async t => {
  const forum = await testForum(t)
  await set(forum.db, { proof_of_work: true, proof_of_work_cost: 50 })
  const page = await openPage(t)
  await page.goto(`${forum.url}/register/`)
  const foreign: string[] = []
  page.on('request', request => request.url().startsWith(forum.url) || foreign.push(request.url()))
  await page.getByLabel('Display Name').fill('Wanda')
  await page.getByLabel('Email Address').fill('wanda@example.org')
  await page.locator('[name=password]').fill('seven walruses in the attic')
  await page.locator('[name=terms]').check()
  await page.locator('altcha-widget').waitFor({ state: 'attached' })
  await page.getByRole('main').getByRole('button', { name: 'Register' }).click()
  await page.getByText('Welcome, Wanda!').waitFor()
  assert.equal(await whyWaits(forum.db, 'Wanda'), null)
  assert.deepEqual(foreign, [])

  // A challenge that cannot be had is no reason to keep anybody out.
  const other = await openPage(t, { expectErrors: /500|Failed to load/ })
  await other.route('**/proof/challenge', route => route.fulfill({ status: 500, body: '' }))
  await other.goto(`${forum.url}/register/`)
  await other.getByLabel('Display Name').fill('Wim')
  await other.getByLabel('Email Address').fill('wim@example.org')
  await other.locator('[name=password]').fill('seven walruses in the attic')
  await other.locator('[name=terms]').check()
  const button = other.getByRole('main').getByRole('button', { name: 'Register' })
  await other.locator('altcha-widget').waitFor({ state: 'attached' })
  await button.click()
  await other.getByText('That did not work. Press the button once more').waitFor()
  await other.locator('[name=password]').fill('seven walruses in the attic')
  await button.click()
  await other.getByText('Your account waits for an administrator').waitFor()
  assert.equal(await whyWaits(forum.db, 'Wim'), 'spam.why_no_proof')
})
