import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeReport } from '../features/moderation/court.ts'
import { makeForums, makeReply, makeTopic, textBy } from '../features/posts/world.ts'
import { appoint } from '../features/topics/world.ts'
import { openPage, testForum } from '../support/index.ts'

const phone = { viewport: { width: 390, height: 844 } }

test('a moderator empties two queues of ten on a phone, by touch and by keyboard', async t => {
  const forum = await testForum(t)
  const { db } = forum
  const [here = 0] = await makeForums(db, 1)
  const [bea, mia] = [await forum.member('Bea'), await forum.member('Mia')]
  await appoint(db, mia.id, here)
  const { topicId } = await makeTopic(db, here, forum.admin.id, 'Owls')
  for (let n = 1; n <= 10; n++) {
    const { id } = await makeReply(db, topicId, null, textBy(null, `Cheap pills No. ${n}`))
    await makeReport(db, id, bea.id, `Look at No. ${n}`)
  }
  const page = await openPage(t, { baseURL: forum.url, ...phone })
  const main = page.locator('main')
  await page.goto('/login/')
  await page.fill('main [name=login]', mia.name)
  await page.fill('main [name=password]', mia.password)
  await Promise.all([page.waitForURL('/'), page.press('main [name=password]', 'Enter')])

  await page.goto('/modcp/')
  await page.click('main a[href="/modcp/reports/"] >> nth=0')
  await main.locator('article').first().waitFor()
  assert.equal(await main.locator('article').count(), 10)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  assert.match(await page.locator('article:focus').innerText(), /No\. 2/)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await main.getByText('2 of 10 open').waitFor()
  await page.keyboard.press('k')
  await main.getByText('1 of 10 open').waitFor()
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390)

  for (let left = 10; left > 0; left--) {
    await main.getByText(`1 of ${left} open`).waitFor()
    if (left === 10) {
      await main.locator('form:has([value=hide]) button').click()
      await page.fill('main [name=reason]', 'Advertising')
      await main.locator('form:has([name=reason]) .button.danger, form:has([name=reason]) .button.primary').click()
      await main.getByText('It is hidden.').waitFor()
    }
    await main.locator(`[name=outcome][value=${left % 2 === 0 ? 'acted' : 'no_breach'}]`).click()
  }
  await main.getByText('Nothing is reported. Well done.').waitFor()
  await page
    .locator('.notices .notice:has-text("The report was settled.") [action="/modcp/undo/"] button')
    .last()
    .click()
  await main.locator('article').waitFor()
  assert.match(await main.locator('article').innerText(), /No\. 10/)

  for (let n = 1; n <= 10; n++)
    await makeReply(db, topicId, bea.id, {
      ...textBy(bea.id, `Waits as No. ${n}`),
      pendingReason: 'posts.waits_for_all',
    })
  await page.goto('/modcp/')
  await page.click('main a[href="/modcp/queue/"] >> nth=0')
  await main.getByText('With the keys j and k').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  assert.match(await page.locator('article:focus').innerText(), /No\. 2/)
  for (let left = 10; left > 0; left--) {
    await main.getByText(`Waits as No. ${11 - left}`, { exact: true }).waitFor()
    assert.equal(await main.locator('article').count(), left)
    const act = left === 5 ? 'reject' : 'approve'
    await main.locator(`article form:has([name=act][value=${act}]) button`).first().click()
    if (act === 'reject') {
      await page.fill('main [name=reason]', 'Not now')
      await main.locator('form:has([name=reason]) .button.danger, form:has([name=reason]) .button.primary').click()
    }
    await page
      .getByText(act === 'reject' ? 'The post was rejected.' : 'The post was approved.')
      .first()
      .waitFor()
  }
  await main.getByText('Nothing is waiting. Well done.').waitFor()
  assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 390)
  assert.equal(await main.locator('article').count(), 0)
})
