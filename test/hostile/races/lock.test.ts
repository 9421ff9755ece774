import assert from 'node:assert/strict'
import { assertSound } from '../../features/posts/soundness.ts'
import { topicRow } from '../../features/posts/world.ts'
import { cookiesOf } from '../harness/ask.ts'
import { crowd, presses, raceOnBothDatabases, winnersOf } from '../harness/race.ts'

raceOnBothDatabases(
  'whoever replies while a topic is locked is in before the lock, or is told and keeps the text',
  async ({ forum, atOnce }) => {
    const [bea, admin] = [await forum.asMember('Bea'), await forum.asAdmin()]
    const replies = presses(n => ({
      path: '/topic/1/reply',
      fields: { body: `Reply number ${n}`, format: 'markdown', submission: `s${n}`.padEnd(22, 'x') },
      cookie: cookiesOf(bea),
    }))
    const fields = { act: 'lock', topic: ['1'], reason: '' }
    const lock = { path: '/moderate/', fields, cookie: cookiesOf(admin) }
    let locked = 0
    const half = crowd / 2
    const [before, , after] = await Promise.all([
      atOnce(replies.slice(0, half)),
      atOnce([lock]).then(async () => {
        // Whatever is written from here on was written behind the lock.
        const topic = await topicRow(forum.db, 1)
        assert.notEqual(topic.locked_at, null)
        locked = topic.post_count
      }),
      atOnce(replies.slice(half)),
    ])
    const answers = [...before, ...after]
    const written = winnersOf(answers, [409], /The topic was locked while you were writing/)
    for (const [n, answer] of answers.entries()) {
      if (answer.status === 409) assert.match(answer.body, new RegExp(`Reply number ${n}\\b`))
    }
    const posts = await forum.db.selectFrom('posts').select(['id', 'position']).where('id', '>', 1).execute()
    assert.equal(posts.length, written.length)
    assert.equal((await topicRow(forum.db, 1)).post_count, locked)
    assert.deepEqual(
      posts.filter(({ position }) => position === null || position > locked),
      [],
    )
    const ids = written.map(({ headers }) =>
      Number(/\/post\/(\d+)|#post-(\d+)/.exec(String(headers.location))?.slice(1).find(Boolean)),
    )
    assert.deepEqual(
      ids.sort((a, b) => a - b),
      posts.map(({ id }) => id).sort((a, b) => a - b),
    )
    await assertSound(forum.db)
  },
)
