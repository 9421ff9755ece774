import assert from 'node:assert/strict'
import { accountOf, getsIn, linkTo } from '../features/accounts/letters.ts'
import { forumOnBothDatabases } from '../support/index.ts'

const fresh = 'nine herons on the weir'

forumOnBothDatabases(
  'a link for a new password is good for its own account, at its own address, and for nothing else',
  async forum => {
    const { db } = forum
    const [bea, carl] = [await forum.member('Bea'), await forum.member('Carl')]
    const forger = forum.asGuest({ headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } })
    await forger.post('/recover/', { login: 'Bea' })
    const mails = await forum.mails(bea.email)
    assert.equal(mails.length, 1)
    for (const { text, html, headers } of mails) {
      assert.doesNotMatch(text + html + JSON.stringify(headers), /evil\.example/)
    }
    const link = await linkTo(forum, bea.email, 'reset')
    const secret = link.split('/').at(-1) ?? ''

    for (const kind of ['verify', 'email-change', 'email-back', 'claim', 'unsubscribe/claims', 'unsubscribe/replies']) {
      assert.equal((await forum.asGuest().get(`/${kind}/${secret}`)).status, 404, kind)
      assert.equal((await forum.asGuest().post(`/${kind}/${secret}`, { password: carl.password })).status, 404, kind)
    }
    const hash = (await accountOf(db, 'Carl')).password_hash
    const other = await forum.asMember('Carl')
    const id = String(carl.id)
    const done = await other.post(`${link}?id=${id}&member=${id}`, {
      new_password: fresh,
      id,
      member_id: id,
      login: 'Carl',
    })
    assert.match(done.text, /Your new password is set/)
    assert.deepEqual([await getsIn(forum, 'Bea', fresh), await getsIn(forum, 'Carl', fresh)], [true, false])
    assert.equal((await accountOf(db, 'Carl')).password_hash, hash)
    assert.equal((await other.get('/account/')).texts('header').join().includes('Carl'), false)

    await forum.asGuest().post('/recover/', { login: 'Bea' })
    const late = await linkTo(forum, bea.email, 'reset')
    await db
      .updateTable('members')
      .set({ email: 'b@example.org', email_key: 'b@example.org' })
      .where('id', '=', bea.id)
      .execute()
    assert.equal((await forum.asGuest().post(late, { new_password: 'ten otters under ice' })).status, 404)
    assert.equal(await getsIn(forum, 'Bea', fresh), true)
  },
  { mail: true },
)
