import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { inTransaction } from '../../../src/platform/store/index.ts'
import { sideways, violations } from '../../look/seeing.ts'
import { openPage, testForum } from '../../support/index.ts'
import { beginsToWrite, rich, signIn } from './hands.ts'

const options = '#suggestions:visible [role=option]'

/** Machines that run tests have no font for emoji, without which the picker shows none. */
async function seesEmoji(page: Page): Promise<void> {
  await page.addInitScript(
    'CanvasRenderingContext2D.prototype.getImageData = () => ({ data: new Uint8ClampedArray([200, 150, 0, 255]) })',
  )
}

async function offered(page: Page): Promise<string[]> {
  await page.locator(options).first().waitFor()
  return page.locator(`${options} .suggest-name`).allInnerTexts()
}

test('members and emoji are named from a list, with keys, by touch, and in the plain box', async t => {
  const forum = await testForum(t)
  for (const name of ['Cara', 'Carmen [1st] Jo']) await forum.member(name)
  const carl = await forum.asMember('Carl')
  await carl.get('/topic/1/')
  await carl.press('Submit Reply', { body: 'A word' })
  await inTransaction(forum.db, tx => writeSettings(tx, { post_max_emoji: 5 }))
  const bea = await forum.member('Bea')
  const { id } = await forum.member('Carl')
  const address = `${forum.url}/topic/1/`

  await t.test('with keys', async t => {
    const page = await openPage(t, { expectErrors: /ERR_FAILED/ })
    await seesEmoji(page)
    await signIn(page, forum.url, bea)
    await page.goto(address)
    await beginsToWrite(page)
    await page.keyboard.type('Ask @ca')
    assert.deepEqual(await offered(page), ['Carl', 'Cara', 'Carmen [1st] Jo'])
    const editor = page.locator('.rich')
    assert.deepEqual(
      await editor.evaluate(({ attributes }) =>
        ['role', 'aria-expanded', 'aria-controls', 'aria-activedescendant'].map(
          name => attributes.getNamedItem(name)?.value,
        ),
      ),
      ['combobox', 'true', 'suggestions', 'suggestion-0'],
    )
    await page.keyboard.press('ArrowUp')
    assert.equal(await editor.getAttribute('aria-activedescendant'), 'suggestion-2')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    assert.deepEqual([await editor.getAttribute('role'), await page.locator(options).count()], ['textbox', 0])
    await page.keyboard.type('**soon :smil')
    assert.equal((await offered(page))[0], ':smile:')
    await page.keyboard.press('Tab')
    await page.keyboard.type('** :tada: and :hear')
    await offered(page)
    await page.keyboard.press('Escape')
    await page.keyboard.type('t')
    await page.keyboard.press('Enter')
    assert.equal(
      (await rich(page)).replace(/<a [^>]*>/, '<a>'),
      '<p>Ask <a>@Carl</a> <strong>soon 😄</strong> 🎉 and :heart</p>',
    )
    await page.keyboard.type('at 10:30, ann@example.org')
    assert.equal(await page.locator(options).count(), 0)
    await page.keyboard.type(' ')
    await picksWithKeys(page)

    await page.getByRole('button', { name: 'Markdown' }).click()
    const field = page.locator('textarea')
    await field.waitFor()
    assert.match(await field.inputValue(), new RegExp(`^Ask @\\[Carl\\]\\(/profile/${id}\\) \\*\\*soon 😄\\*\\* 🎉`))
    await page.keyboard.press('Control+End')
    await page.keyboard.type('\n@carm')
    assert.deepEqual(await offered(page), ['Carmen [1st] Jo'])
    await page.locator(options).click()
    assert.match(await field.inputValue(), /\n@\[Carmen \\\[1st\\\] Jo\]\(\/profile\/\d+\) $/)
    await page.keyboard.type(':+1:')
    assert.match(await field.inputValue(), / 👍$/)
    await page.getByText('Only 5 emoji are allowed.').waitFor()
    await page.keyboard.press('Backspace')
    await page.getByText('Only 5 emoji are allowed.').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Emoji', exact: true }).click()
    await page.getByRole('group', { name: 'Recently used' }).getByRole('button', { name: '🦦' }).click()
    await page.locator('.emoji-panel').waitFor({ state: 'hidden' })
    await page.keyboard.type('!')
    assert.match(await field.inputValue(), / 🦦!$/)
    for (const _ of '!🦦') await page.keyboard.press('Backspace')
    await page.getByRole('button', { name: 'Submit Reply' }).click()
    await page.waitForURL(/#post-3$/)
    assert.deepEqual(await page.locator('#post-3 a.mention').allInnerTexts(), ['@Carl', '@Carmen [1st] Jo'])
    assert.match(await page.evaluate<string>("localStorage.getItem('stoa-emoji')"), /🦦/)
    await page.evaluate(`document.querySelector('form[action="/logout/"]').requestSubmit()`)
    await page.getByRole('link', { name: 'Sign In' }).first().waitFor()
    assert.equal(await page.evaluate("localStorage.getItem('stoa-emoji')"), null)
  })

  await t.test('by touch', async t => {
    const size = { width: 390, height: 640 }
    const phone = { hasTouch: true, isMobile: true, viewport: size, colorScheme: 'dark', bypassCSP: true } as const
    const page = await openPage(t, phone)
    await seesEmoji(page)
    await page.goto(address)
    await page.locator('textarea').tap()
    await page.locator('.rich').waitFor()
    await page.keyboard.type('Thanks @c')
    assert.deepEqual(await offered(page), ['Carl'])
    assert.deepEqual(await violations(page), [])
    await page.locator(options).tap()
    await page.getByRole('button', { name: 'Emoji', exact: true }).tap()
    await page.getByRole('tab', { name: 'Animals and nature' }).tap()
    await page.getByRole('menuitem', { name: /^🦦/ }).waitFor()
    assert.deepEqual(await violations(page), [])
    assert.equal(await sideways(page), 0)
    await page.getByRole('menuitem', { name: /^🦦/ }).tap()
    await isBack(page)
    await page.keyboard.type('!')
    assert.match(await rich(page), />@Carl<\/a> 🦦!<\/p>$/)
  })
})

/** When an emoji was taken one goes on writing. */
async function isBack(page: Page): Promise<void> {
  await page.locator('.emoji-panel').waitFor({ state: 'hidden' })
  assert.equal(await page.evaluate('document.activeElement.className.includes("rich")'), true)
}

/** Finds one by its name, another with the tone of a skin, and takes it again from those used before. */
async function picksWithKeys(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Emoji', exact: true })
  await page.route('**/compose/emoji', route => route.abort())
  await button.click()
  await page.getByText('The emoji could not be loaded.').waitFor()
  await page.unroute('**/compose/emoji')
  await page.getByRole('button', { name: 'Try again' }).click()
  const search = page.getByRole('combobox', { name: 'Search emoji' })
  await search.waitFor()
  await page.keyboard.type('otter')
  await page.getByRole('option', { name: /^🦦/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await isBack(page)
  await page.keyboard.type(' then ')
  await button.click()
  await page.getByRole('button', { name: /^Skin tone: / }).click()
  await page.getByRole('option', { name: 'Dark', exact: true }).click()
  await search.fill('waving hand')
  await page.getByRole('option', { name: /^👋🏿/ }).click()
  await isBack(page)
  await button.click()
  await page.getByRole('group', { name: 'Recently used' }).getByRole('button').nth(1).click()
  await isBack(page)
  await page.keyboard.type('.')
  assert.match(await rich(page), /<p>at 10:30, .* 🦦 then 👋🏿🦦\.<\/p>$/u)
  await page.getByText('Only 5 emoji are allowed.').waitFor({ state: 'hidden' })
}
