import assert from 'node:assert/strict'
import { writeSettings } from '../../src/features/settings/index.ts'
import { inTransaction } from '../../src/platform/store/index.ts'
import { forumOnBothDatabases } from '../support/index.ts'

forumOnBothDatabases('Nobody posts more in an hour than one may by writing as a guest first', async forum => {
  await inTransaction(forum.db, tx => writeSettings(tx, { posts_per_hour: 1 }))
  const guest = forum.asGuest()
  const claim = await guest.post('/topic/1/reply', { body: 'One more, written before signing in', format: 'markdown' })
  const bea = await forum.asMember('Bea')
  const first = { body: 'The one of this hour', format: 'markdown', submission: 'a'.repeat(22) }
  assert.match((await bea.post('/topic/1/reply', first)).text, /The one of this hour/)

  await bea.get(claim.url)
  const refused = await bea.press('Publish as Bea')
  assert.equal(refused.url, claim.url)
  assert.match(refused.text, /One more, written before signing in/)
  const posts = await forum.db.selectFrom('posts').select('id').where('topic_id', '=', 1).execute()
  assert.equal(posts.length, 2)

  await forum.db.deleteFrom('rate_limits').execute()
  assert.match((await bea.press('Publish as Bea')).text, /One more, written before signing in/)
  assert.equal((await forum.db.selectFrom('posts').select('id').where('topic_id', '=', 1).execute()).length, 3)
})
