import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import pino from 'pino'
import { sendMail } from '../../../src/features/mail/index.ts'
import { enqueue } from '../../../src/platform/jobs/index.ts'
import { inTransaction } from '../../../src/platform/store/index.ts'
import { startWork } from '../../../src/work.ts'
import { afterwards } from '../../support/afterwards.ts'
import { testForum } from '../../support/index.ts'

test('a mail server that says nothing holds up mails and no other work', async t => {
  const callers = new Set<Socket>()
  const silent = createServer(caller => {
    callers.add(caller)
    // One that is not read from never learns that the other side is gone.
    caller.on('error', () => undefined).resume()
  }).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const { db, store, config, member } = await testForum(t, { config: { smtpUrl: `smtp://127.0.0.1:${port}` } })
  await inTransaction(db, tx => enqueue(tx, 'limits.purge', null, { runAt: Date.now() + 3_600_000 }))
  await member('Bea')
  for (let n = 0; n < 5; n++) await inTransaction(db, tx => sendMail(tx, 'accounts.reset', { memberId: 2 }))
  const worker = startWork({ config, store, logger: pino({ level: 'silent' }) })
  afterwards(t, async () => {
    const stopped = worker.stop()
    silent.close()
    for (const caller of callers) caller.destroy()
    await stopped
  })
  while (callers.size < 2) await once(silent, 'connection')
  await db.updateTable('jobs').set({ run_at: 0 }).where('name', '=', 'limits.purge').execute()
  const waiting = db.selectFrom('jobs').select('id').where('name', '=', 'limits.purge').where('run_at', '=', 0)
  while (await waiting.executeTakeFirst()) await setTimeout(20)
  const givenUp = await db.selectFrom('jobs').select('error').where('error', 'is not', null).execute()
  assert.deepEqual(givenUp, [], 'it is still being waited for')
})
