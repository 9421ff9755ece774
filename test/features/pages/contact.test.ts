import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../../support/index.ts'
import { messages, set } from './house.ts'

const eve = {
  name: 'Eve',
  email: 'eve@example.com',
  subject: 'My account',
  text: 'Dear all,\n\n<b>who</b> has my account?\nEve',
}

forumOnBothDatabases(
  'what somebody writes reaches the administrators once, in the administration and by mail',
  async forum => {
    await set(forum.db, { minimum_time: false, verify_email: 'off' })
    await forum.member('Bob', { group: 'Administrators' })
    const guest = forum.asGuest()
    await guest.get('/')
    const form = await guest.click('Contact us')
    const wrong = await guest.press('Send message', { ...eve, email: 'eve', text: ' ' })
    assert.equal(wrong.status, 422)
    assert.equal(wrong.count('[role=alert] li'), 2)
    assert.equal(wrong.form('Send message').value('subject'), eve.subject)
    const press = () => form.form('Send message').fill(eve).submit()
    for (const sent of [...(await Promise.all([press(), press()])), await press()]) {
      assert.equal(sent.url, '/contact/sent/')
      assert.equal(sent.h1, 'Your message is sent')
    }
    const [message, ...more] = await messages(forum.db)
    assert.deepEqual(more, [])
    assert.deepEqual([message?.member_id, message?.suspect_at, message?.text], [null, null, eve.text])

    await forum.runJobs()
    for (const to of [forum.admin.email, 'bob@example.org']) {
      const [mail, ...others] = await forum.mails(to)
      assert.deepEqual(others, [])
      assert.match(mail?.subject ?? '', /My account/)
      assert.match(mail?.text ?? '', /<b>who<\/b> has my account\?/)
      assert.match(mail?.text ?? '', /eve@example\.com/)
      assert.equal(mail?.headers['reply-to'], eve.email)
      assert.doesNotMatch(mail?.html ?? '', /<b>who/)
      assert.equal(mail?.link(/messages/), `${forum.url}/admin/messages`)
    }
    assert.doesNotMatch(JSON.stringify(await forum.db.selectFrom('jobs').selectAll().execute()), /eve@|who/)
  },
  { mail: true },
)

forumOnBothDatabases('administrators tick off what they have answered, and take it back', async forum => {
  await set(forum.db, { minimum_time: false })
  const bea = await forum.asMember('Bea')
  await bea.get('/contact/')
  assert.equal(bea.page.form('Send message').value('name'), 'Bea')
  assert.equal(bea.page.form('Send message').value('email'), 'bea@example.org')
  await bea.press('Send message', { subject: 'First', text: 'One' })
  const robot = forum.asGuest()
  await robot.get('/contact/')
  await robot.press('Send message', { ...eve, subject: 'Buy', afterpiece: 'https://spam.example' })
  assert.deepEqual(
    (await messages(forum.db)).map(({ suspect_at }) => suspect_at !== null),
    [false, true],
  )
  const ada = await forum.asAdmin()
  assert.match((await ada.get('/')).texts('header').join(), /Messages 1/)
  await ada.click('Messages 1')
  assert.deepEqual(ada.page.texts('article h2'), ['First', 'Buy'])
  assert.match(ada.page.texts('article').at(-1) ?? '', /Looks like spam/)
  assert.equal(ada.page.has('article b'), false)
  const [id] = (await messages(forum.db)).map(message => message.id)
  for (const round of [1, 2]) {
    const done = await ada.post(`/admin/messages/${id}/handle`, { return: '/admin/messages' })
    assert.deepEqual(done.texts('article h2'), ['Buy'], `${round}`)
  }
  assert.doesNotMatch(ada.page.texts('header').join(), /Messages 1/)
  await ada.click('Handled')
  assert.match(ada.page.texts('article').join(), /First[\s\S]*Handled by Ada/)
  await ada.press('Mark as open')
  assert.equal(ada.page.url, '/admin/messages?show=handled')
  await ada.click('All')
  assert.equal(ada.page.count('article'), 2)
  for (const odd of ['/admin/messages/999/handle', '/admin/messages/1/burn', '/admin/messages/x/handle']) {
    assert.equal((await ada.post(odd)).status, 404, odd)
  }
  assert.equal((await ada.get('/admin/messages?page=9')).status, 404)
})

forumOnBothDatabases('one address sends five messages an hour, and the sixth stays in the form', async forum => {
  const guest = forum.asGuest({ address: '198.51.100.7' })
  for (let n = 1; n <= 5; n++) {
    assert.equal((await guest.post('/contact/', { ...eve, text: `Number ${n}` })).url, '/contact/sent/')
  }
  const sixth = await guest.post('/contact/', { ...eve, text: 'Number 6' })
  assert.equal(sixth.status, 429)
  assert.ok(Number(sixth.headers['retry-after']) > 0)
  assert.match(sixth.text, /You have sent several messages already/)
  assert.equal(sixth.form('Send message').value('text'), 'Number 6')
  assert.equal((await guest.post('/contact/', { ...eve, text: 'Number 5' })).url, '/contact/sent/')
  const other = forum.asGuest({ address: '198.51.100.8' })
  assert.equal((await other.post('/contact/', { ...eve, text: 'Number 6' })).url, '/contact/sent/')
  assert.equal((await messages(forum.db)).length, 6)
})
