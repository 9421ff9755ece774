import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openPage, testForum } from '../support/index.ts'

const body = 'Good evening.\n\nI grow **tomatoes** on a balcony — “the warm side”, as we say.'

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with scripts' : 'without scripts'

  test(`in a real browser a guest reads, writes, registers and starts a topic, ${how}`, async t => {
    const forum = await testForum(t)
    const page = await openPage(t, { javaScriptEnabled, expectErrors: /status of 422/ })
    await page.goto(forum.url)
    await page.locator('main').getByRole('link', { name: 'General discussion' }).click()
    await page.getByRole('link', { name: 'Welcome! You can reply before you register' }).first().click()
    await page.getByRole('heading', { name: 'Join the conversation' }).waitFor()
    await page.locator('#reply textarea').fill(body)
    await page.getByRole('button', { name: 'Submit Reply' }).click()
    await page.waitForURL(/\/claim\/[\w-]{43}$/)
    await registers(page, 'tomatoes')
    assert.match(await page.getByRole('alert').innerText(), /password/i)
    await registers(page, 'seven walruses in the attic')
    await page.waitForURL(/\/topic\/1-.*#post-2$/)
    const post = page.locator('#post-2')
    assert.deepEqual(await post.locator('.prose p').allInnerTexts(), [
      'Good evening.',
      'I grow tomatoes on a balcony — “the warm side”, as we say.',
    ])
    assert.match(await post.innerText(), /Nora Fields/)
    assert.equal(await isInView(page, '#post-2'), true)
    await startsTopic(page)
    const [topic] = await forum.db.selectFrom('topics').select(['title', 'post_count']).where('id', '=', 2).execute()
    assert.deepEqual(topic, { title: 'What do you grow?', post_count: 1 })
  })

  test(`in a real browser a guest edits, thinks better of it and erases the text, ${how}`, async t => {
    const forum = await testForum(t)
    const page = await openPage(t, { javaScriptEnabled })
    await page.goto(`${forum.url}/topic/1/`)
    await page.locator('#reply textarea').fill('Never mid')
    await page.getByRole('button', { name: 'Submit Reply' }).click()
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await page.locator('textarea').fill('Never mind')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(/\/claim\/[\w-]{43}$/)
    assert.match(await page.locator('main').innerText(), /Never mind/)
    await page.goto(forum.url)
    await page.getByRole('link', { name: 'continue' }).click()
    await page.getByRole('button', { name: 'Discard' }).click()
    if (javaScriptEnabled) await page.locator('#confirm [data-confirm-yes]').click()
    await page.waitForURL(`${forum.url}/`)
    assert.doesNotMatch(await page.locator('body').innerText(), /unpublished/)
    assert.deepEqual(await forum.db.selectFrom('claims').selectAll().execute(), [])
  })
}

test('in a real browser the text goes along to signing in and is there afterwards', async t => {
  const forum = await testForum(t)
  const { name, password } = await forum.member('Bea')
  const page = await openPage(t, { javaScriptEnabled: false, expectErrors: /status of 422/ })
  await page.goto(`${forum.url}/topic/1/`)
  await page.locator('#reply textarea').fill(body)
  await page.getByRole('button', { name: 'sign in now' }).click()
  for (const typed of ['not the password', password]) {
    await page.locator('main input[name=login]').fill(name)
    await page.locator('main input[name=password]').fill(typed)
    await page.locator('main form').getByRole('button', { name: 'Sign In', exact: true }).click()
  }
  await page.waitForURL(/\/topic\/1.*#reply$/)
  assert.equal(await page.locator('#reply textarea').inputValue(), body)
  await page.getByRole('button', { name: 'Submit Reply' }).click()
  await page.waitForURL(/#post-2$/)
  assert.match(await page.locator('#post-2').innerText(), /Bea/)
})

async function registers(page: Page, password: string): Promise<void> {
  await page.getByLabel('Display Name', { exact: true }).fill('Nora Fields')
  await page.getByLabel('Email Address', { exact: true }).fill('nora@example.org')
  // The browser itself would stop what is too short.
  await page.locator('#register-password').evaluate(field => field.removeAttribute('minlength'))
  await page.locator('#register-password').fill(password)
  await page.getByLabel(/^I accept the Terms/).check()
  await page.getByRole('button', { name: 'Register and publish' }).click()
  await page.waitForLoadState()
}

async function startsTopic(page: Page): Promise<void> {
  await page.getByText('Create New...').click()
  await page.getByRole('link', { name: 'Topic', exact: true }).click()
  await page.locator('main').getByRole('link', { name: 'General discussion' }).click()
  await page.getByLabel('Title', { exact: true }).fill('What do you grow?')
  await page.locator('textarea').fill('Tomatoes, since you ask.')
  await page.getByRole('button', { name: 'Submit Topic' }).click()
  await page.getByRole('heading', { name: 'What do you grow?', level: 1 }).waitFor()
}

async function isInView(page: Page, css: string): Promise<boolean> {
  const box = await page.locator(css).boundingBox()
  return box !== null && box.y >= 0 && box.y < (page.viewportSize()?.height ?? 0)
}
