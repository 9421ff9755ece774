import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPage, testForum } from '../../support/index.ts'
import { beginsToWrite, rich } from './hands.ts'

test('task lists and tables are made and changed with keys, and stay what they are as Markdown', async t => {
  const forum = await testForum(t)
  const page = await openPage(t)
  const keys = async (...pressed: string[]) => {
    for (const key of pressed)
      await (key.length === 1 || /^[A-Z][\w+]+$/.test(key) ? page.keyboard.press(key) : page.keyboard.type(key))
  }
  const items = () =>
    page
      .locator('.rich li')
      .evaluateAll(all => all.map(one => `${one.querySelector('input')?.checked ?? '-'} ${one.textContent}`))
  const cells = () =>
    page
      .locator('.rich tr')
      .evaluateAll(rows => rows.map(row => [...row.children].map(cell => cell.textContent).join('|')))
  await page.goto(`${forum.url}/topic/1/`)
  await beginsToWrite(page)

  await keys('[ ] water', 'Enter', 'feed', 'Control+Alt+Enter', 'Enter', 'Tab', 'the figs', 'Control+Shift+9')
  assert.deepEqual(await items(), ['false water', 'true feedthe figs', '- the figs'])
  await keys('Control+Shift+9', 'Shift+Tab', 'Enter')
  await page.getByRole('checkbox', { name: 'Done' }).first().click()
  await keys('prune', 'Control+Alt+Enter', 'Control+Alt+Enter', 'Enter', 'Enter')
  assert.deepEqual(await items(), ['true water', 'true feed', 'false the figs', 'false prune'])

  await page.getByRole('button', { name: 'Table', exact: true }).click()
  await keys(
    'plant',
    'Tab',
    'litres',
    'Tab',
    'sun',
    'Tab',
    'fig',
    'Tab',
    '40',
    'Tab',
    'Tab',
    'olive',
    'Enter',
    '20',
    'Tab',
    'Tab',
    'rue',
  )
  assert.deepEqual(await cells(), ['plant|litres|sun', 'fig|40|', 'olive|20|', 'rue||'])
  await keys('Shift+Tab', 'Shift+Tab', '30')
  assert.equal((await cells())[2], 'olive|30|')
  await keys('Alt+F10', 'Tab', ...Array(4).fill('ArrowRight'), 'Enter')
  assert.deepEqual(await cells(), ['plant|litres|sun', 'fig|40|', 'rue||'])
  await keys('Tab')
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  await press('Row above')
  assert.deepEqual(await cells(), ['plant|litres|sun', 'fig|40|', '||', 'rue||'])
  await keys('Shift+Tab', 'Shift+Tab', 'Shift+Tab')
  await press('Remove row')
  await press('Column before')
  assert.deepEqual(await cells(), ['|plant|litres|sun', '|fig|40|', '|rue||'])
  await keys('Shift+Tab')
  await press('Remove column')
  await keys('Tab')
  for (const name of ['Column after', 'Remove column', 'Remove column']) await press(name)
  assert.equal((await cells())[0]?.split('|').length, 2)

  const before = await rich(page)
  await page.getByRole('button', { name: 'Markdown' }).click()
  const field = page.locator('textarea')
  await field.waitFor()
  assert.equal(
    await field.inputValue(),
    '- [x] water\n- [x] feed\n- [ ] the figs\n- [ ] prune\n\n' +
      '| plant | sun |\n| --- | --- |\n| fig |  |\n| rue |  |',
  )
  await page.getByRole('button', { name: 'Rich text' }).click()
  await page.locator('.rich').waitFor()
  assert.equal(await rich(page), before)
  await page.locator('.rich td').first().click()
  await page.getByRole('button', { name: 'Remove table' }).click()
  assert.deepEqual(await cells(), [])
  await page.keyboard.press('Control+z')
  assert.equal(await rich(page), before)
})
