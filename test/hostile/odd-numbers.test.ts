import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../support/index.ts'

forumOnBothDatabases('A moderator who narrows the log by a number that nobody has finds the log', async forum => {
  const admin = await forum.asAdmin()
  for (const odd of ['2147483648', '9999999999', '99999999999999999999', '-1', '1.5', 'NaN', '0x1']) {
    const page = await admin.get(`/modcp/log/?by=${odd}&forum=${odd}&act=${odd}`)
    assert.equal(page.status, 200, odd)
  }
})
