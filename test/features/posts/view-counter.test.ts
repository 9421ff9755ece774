import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { installDefaults, ViewCounter } from '../../../src/features/posts/index.ts'
import { onBothDatabases } from '../../support/index.ts'

onBothDatabases('what people read is counted in the database within half a minute', async ({ db }) => {
  await installDefaults(db)
  mock.timers.enable({ apis: ['setTimeout'] })
  const counter = new ViewCounter(db)
  const flushed = mock.method(counter, 'flush')
  counter.count(1)
  mock.timers.tick(29_000)
  counter.count(1)
  mock.timers.tick(1000)
  mock.timers.reset()
  assert.equal(flushed.mock.callCount(), 1)
  await flushed.mock.calls[0]?.result
  const { views } = await db.selectFrom('topics').select('views').where('id', '=', 1).executeTakeFirstOrThrow()
  assert.equal(views, 2)
})
