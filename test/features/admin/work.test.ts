import assert from 'node:assert/strict'
import { answerEvents, enqueue, record, runDueJobs } from '../../../src/platform/jobs/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, type Page } from '../../support/index.ts'

const fail = () => {
  throw new Error('Nobody at home')
}

/** What can be done neither now nor after several tries. */
async function giveUp(db: Db): Promise<void> {
  await inTransaction(db, async tx => {
    await enqueue(tx, 'porch.sweep', { porchId: 7 })
    await enqueue(tx, 'mail.send', { kind: 'accounts.reset', memberId: 1 })
    await record(tx, 'porch.swept', { porchId: 7 })
  })
  await db.updateTable('jobs').set({ attempts: 5 }).execute()
  await db.updateTable('events').set({ attempts: 4 }).execute()
  await runDueJobs(db, { 'porch.sweep': fail, 'mail.send': fail }).catch(() => undefined)
  await answerEvents(db, { 'porch.swept': [fail] }, () => undefined)
}

const listed = (page: Page) =>
  page
    .texts('.stack > .table-list tbody tr')
    .map(row => row.match(/[a-z]+[.][a-z]+/)?.[0])
    .sort()

forumOnBothDatabases('what was given up in the background is listed, tried again and forgotten', async forum => {
  const { db } = forum
  const admin = await forum.asAdmin()
  assert.match((await admin.get('/admin/work')).text, /Nothing was given up/)
  await giveUp(db)
  const page = await admin.get('/admin/work')
  assert.deepEqual(listed(page), ['porch.sweep', 'porch.swept'], 'mails have a list of their own')
  assert.match(page.text, /2 tasks were given up/)
  assert.equal(page.texts('.stack > .table-list tbody tr').filter(row => /Nobody at home/.test(row)).length, 2)

  const done: unknown[] = []
  const sweep = (payload: unknown) => void done.push(payload)
  const work = { 'porch.sweep': sweep }
  assert.equal(await runDueJobs(db, work), 0)
  const mail = await db.selectFrom('jobs').select('id').where('name', '=', 'mail.send').executeTakeFirstOrThrow()
  for (const kind of ['job', 'event']) {
    const [path = ''] = page.html.match(new RegExp(`/admin/work/${kind}/\\d+/retry`)) ?? []
    assert.match((await admin.post(path)).text, /The task is tried again/)
    assert.match((await admin.post(path)).text, /forgotten already/)
  }
  assert.deepEqual(listed(await admin.get('/admin/work')), [])
  assert.equal(await runDueJobs(db, work), 1)
  assert.equal(
    await answerEvents(db, { 'porch.swept': [async (_tx, payloads) => void done.push(...payloads)] }, fail),
    1,
  )
  assert.deepEqual(done, [{ porchId: 7 }, { porchId: 7 }])

  await giveUp(db)
  const again = await admin.get('/admin/work')
  for (const [path] of again.html.matchAll(/\/admin\/work\/\w+\/\d+\/forget/g)) {
    assert.match((await admin.post(path)).text, /The task is forgotten/)
    assert.match((await admin.post(path)).text, /forgotten already/)
  }
  assert.deepEqual(listed(await admin.get('/admin/work')), [])
  assert.deepEqual(await db.selectFrom('events').selectAll().execute(), [])
  for (const act of ['retry', 'forget']) await admin.post(`/admin/work/job/${mail.id}/${act}`)
  const mails = await db.selectFrom('jobs').select('failed_at').where('name', '=', 'mail.send').execute()
  assert.ok(
    mails.length === 2 && mails.every(({ failed_at }) => failed_at !== null),
    'mails are left to their own page',
  )
  for (const path of ['/admin/work/mail/1/retry', '/admin/work/job/abc/retry', '/admin/work/job/1/burn'])
    assert.equal((await admin.post(path)).status, 404)
})
