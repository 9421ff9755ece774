import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { sideways, violations } from '../../look/seeing.ts'
import { openPage, testForum, untilTrue } from '../../support/index.ts'
import { rich } from './hands.ts'

test('the editor comes when somebody writes, and takes nothing from them', async t => {
  const forum = await testForum(t)
  const address = `${forum.url}/topic/1/`

  await t.test('it takes over text, caret and focus', async t => {
    const page = await openPage(t)
    const release = await holdTools(page)
    await page.goto(address)
    await page.locator('textarea').click()
    await page.keyboard.type('One **two** three')
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowLeft')
    await page.getByRole('button', { name: 'Use plain text box' }).waitFor()
    release()
    await page.locator('.rich').waitFor()
    await page.keyboard.type('and a half ')
    assert.equal(await rich(page), '<p>One <strong>two</strong> and a half three</p>')
  })

  await t.test('a character that is being put together is finished first', async t => {
    const page = await openPage(t)
    await page.goto(address)
    const keyboard = await page.context().newCDPSession(page)
    await page.route('**/rich-editor-*.js', async route => {
      await keyboard.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 })
      await route.continue()
    })
    const loaded = page.waitForResponse(/rich-editor-.*\.css/)
    const tools = page.waitForResponse('**/compose/tools')
    await page.locator('textarea').click()
    await (await loaded).finished()
    await (await tools).finished()
    await keyboard.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 })
    await untilTrue(page, "document.querySelector('textarea').value === 'にほん'")
    assert.equal(await page.locator('.rich').count(), 0)
    await keyboard.send('Input.insertText', { text: '日本' })
    await page.locator('.rich').waitFor()
    await page.keyboard.type('!')
    assert.equal(await rich(page), '<p>日本!</p>')
  })

  await t.test('whoever has waited for long goes on in the plain box', async t => {
    const page = await openPage(t)
    const release = await holdTools(page)
    await page.clock.install()
    await page.goto(address)
    await page.locator('textarea').click()
    await page.clock.runFor(1000)
    const waiting = page.getByRole('button', { name: 'Use plain text box' })
    await waiting.waitFor()
    await page.clock.runFor(4500)
    await waiting.waitFor({ state: 'hidden' })
    const tools = page.waitForResponse('**/compose/tools')
    release()
    await (await tools).finished()
    await page.keyboard.type('still here')
    assert.equal(await page.locator('textarea').inputValue(), 'still here')
    assert.equal(await page.locator('.rich').count(), 0)
  })

  await t.test('where it cannot be loaded the plain box stays', async t => {
    const page = await openPage(t, { expectErrors: /ERR_FAILED|dynamically imported/ })
    await page.route('**/rich-editor-*.js', route => route.abort())
    await page.goto(address)
    await page.locator('textarea').click()
    await page.keyboard.type('Plain *words*')
    await page.getByText('The editor could not be loaded.').waitFor()
    await page.keyboard.type(' go on')
    await page.getByRole('button', { name: 'Submit Reply' }).click()
    await page.waitForURL(/\/claim\//)
    assert.equal(await page.locator('main .prose em').innerText(), 'words')
  })

  await t.test('whoever prefers the plain box is asked once', async t => {
    const page = await openPage(t)
    await page.route('**/rich-editor-*.js', () => {})
    await page.goto(address)
    await page.locator('textarea').click()
    await page.getByRole('button', { name: 'Use plain text box' }).click()
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await page.reload()
    await page.locator('textarea').click()
    await page.keyboard.type('x')
    assert.ok(!asked.some(url => url.includes('rich-editor')))
  })
})

test('the editor can be used with the keyboard alone, and by touch', async t => {
  const forum = await testForum(t)

  await t.test('by keys', async t => {
    const page = await openPage(t, { bypassCSP: true })
    await page.goto(`${forum.url}/topic/1/`)
    await page.keyboard.press('r')
    await page.locator('.rich').waitFor()
    await page.keyboard.type('Read this')
    await page.keyboard.press('Alt+F10')
    assert.equal(await focused(), 'Bold')
    await page.keyboard.press('End')
    assert.equal(await focused(), 'Redo')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.keyboard.type(' now')
    assert.equal(await rich(page), '<p>Read this<em> now</em></p>')
    await page.keyboard.press('Alt+F10')
    assert.equal(await focused(), 'Italic')
    assert.equal(await page.getByRole('button', { name: 'Italic' }).getAttribute('aria-pressed'), 'true')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+Home')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('example.org/figs')
    await page.keyboard.press('Enter')
    await page.locator('.rich a').waitFor()
    await page.keyboard.type('!')
    assert.match(await rich(page), /^<p><a href="https:\/\/example\.org\/figs">Read this<em> now<\/em><\/a>.*!/)
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    assert.equal(await rich(page), '<p>Read this<em> now</em></p>')
    assert.deepEqual(await violations(page), [])

    function focused() {
      return page.evaluate<string>('document.activeElement.ariaLabel')
    }
  })

  await t.test('by touch', async t => {
    const page = await openPage(t, {
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 420 },
      colorScheme: 'dark',
      bypassCSP: true,
    })
    await page.goto(`${forum.url}/topic/1/`)
    await page.locator('textarea').tap()
    await page.locator('.rich').waitFor()
    await page.keyboard.type('Figs')
    const more = page.locator('.tools:visible').getByRole('button', { name: 'More tools' })
    assert.deepEqual(await rows(page), ['Bold', 'Italic', 'Link', 'Image', 'Emoji', 'Undo', 'More tools'])
    await more.tap()
    assert.equal((await rows(page)).length, 21)
    await page.getByRole('button', { name: 'Bulleted list' }).tap()
    await page.getByRole('button', { name: 'Bold' }).tap()
    await page.keyboard.type(' and olives')
    assert.equal(await rich(page), '<ul><li><p>Figs<strong> and olives</strong></p></li></ul>')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Task list' }).tap()
    await page.getByRole('checkbox', { name: 'Done' }).first().tap()
    await page.getByRole('button', { name: 'Table', exact: true }).tap()
    await page.getByRole('button', { name: 'Row below' }).tap()
    await more.last().tap()
    await page.getByRole('button', { name: 'Column before' }).waitFor()
    assert.deepEqual(await rows(page), ['Bold', 'Italic', 'Link', 'Image', 'Emoji', 'Undo', 'More tools'])
    assert.equal(await sideways(page), 0)
    await more.last().tap()
    assert.equal(await page.locator('.rich tr').count(), 4)
    for (const word of ['Plant', 'Litres', 'Sun']) {
      await page.keyboard.type(word)
      await page.keyboard.press('Tab')
    }
    const bars = page.locator('.tools:visible')
    assert.equal(await bars.count(), 2)
    await page.locator('.editor-foot').scrollIntoViewIfNeeded()
    const covered = await bars.evaluateAll(all => all.at(-1)?.getBoundingClientRect().bottom ?? 0)
    assert.ok(covered >= 88 && covered < 110, `above a phone's keyboard the tools take ${covered} pixels`)
    const small = await page
      .locator('.tool:visible')
      .evaluateAll(
        tools =>
          tools.filter(tool => tool.getBoundingClientRect().width < 44 || tool.getBoundingClientRect().height < 44)
            .length,
      )
    assert.equal(small, 0)
    assert.equal(await sideways(page), 0)
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: 'Submit Reply' }).tap()
    await page.waitForURL(/\/claim\//)
    assert.equal(await page.locator('main .prose li strong').first().innerText(), 'and olives')
  })
})

/** What the tools that are seen are called. */
async function rows(page: Page): Promise<string[]> {
  return page
    .locator('.tools:visible')
    .first()
    .locator('button:visible')
    .evaluateAll(all => all.map(({ ariaLabel }) => ariaLabel ?? ''))
}

/** The editor's tools stay under way until what this returns is called. */
async function holdTools(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route('**/compose/tools', async route => {
    await promise
    await route.continue()
  })
  return resolve
}
