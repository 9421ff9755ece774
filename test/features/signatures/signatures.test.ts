import assert from 'node:assert/strict'
import { limits } from '../../../src/platform/limits/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'

forumOnBothDatabases(
  'A signature stands under its member’s posts until somebody would rather not see it',
  async site => {
    const bea = await site.asMember('Bea')
    const guest = site.asGuest()
    const { id } = await site.member('Bea')
    const sign = async (body: string) => {
      await bea.get('/account/signature/')
      return bea.post('/account/signature/', { body })
    }
    const seen = async () => /Grower of <strong>figs<\/strong>/.test((await guest.get('/topic/1/')).html)

    assert.equal((await guest.get('/account/signature/')).url.includes('/login/'), true)
    assert.match((await sign('[figs](https://example.org/)')).text, /Please leave them out for now/)
    assert.match((await sign('![](https://example.org/a.png)')).text, /images/)
    assert.match((await sign('Fig '.repeat(100))).text, /Please keep it to 300 characters/)
    assert.match((await sign('1\n2\n3\n4\n5')).text, /Please keep it to 4 lines/)
    assert.match((await sign('Grower of **figs** <script>alert(1)</script>')).text, /Your signature is saved/)
    assert.match((await bea.get('/account/signature/')).html, /Grower of \*\*figs\*\*/)

    assert.equal(await seen(), false)
    await bea.get('/topic/1/')
    await bea.press('Submit Reply', { body: 'A word' })
    assert.equal(await seen(), true)
    assert.doesNotMatch((await guest.get('/topic/1/')).html, /<script>alert/)
    assert.match((await sign('Grower of **figs**, [here](https://example.org/)')).text, /saved/)
    assert.match((await guest.get('/topic/1/')).html, /<a href="https:\/\/example\.org\/" rel="[^"]*nofollow/)

    const ann = await site.asMember('Ann')
    await ann.get('/account/')
    await ann.post('/account/', { show_online: '1' })
    assert.doesNotMatch((await ann.get('/topic/1/')).text, /Grower of/)

    const admin = await site.asAdmin()
    const judge = (act: string, more: object = {}) =>
      admin.post('/moderate/', { act, member: String(id), return: '/', reason: 'No figs', ...more })
    for (const act of ['remove_signature', 'ban']) {
      await judge(act, { days: '7' })
      assert.equal(await seen(), false, act)
      await admin.get('/modcp/log')
      await admin.press('Undo')
      assert.equal(await seen(), true, act)
    }
    await limits(site.db).spend('signature', String(id), { points: 99, seconds: 3600 }, 20)
    const often = await sign('Once too often')
    assert.deepEqual([often.status, often.form('Save').value('body')], [429, 'Once too often'])
    assert.equal(await seen(), true)
    assert.match((await sign('')).text, /saved/)
    assert.equal(await seen(), false)
  },
)
