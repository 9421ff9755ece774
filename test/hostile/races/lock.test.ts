import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { DatabaseKind, Db } from '../../../src/platform/store/index.ts'
import { assertSound } from '../../features/posts/soundness.ts'
import { topicRow } from '../../features/posts/world.ts'
import { cookiesOf } from '../harness/ask.ts'
import { presses, raceOnBothDatabases, winnersOf } from '../harness/race.ts'

raceOnBothDatabases(
  'whoever replies while a topic is locked is in before the lock, or is told and keeps the text',
  async ({ forum, crowd, atOnce }) => {
    const [bea, admin] = [await forum.asMember('Bea'), await forum.asAdmin()]
    const replies = presses(
      n => ({
        path: '/topic/1/reply',
        fields: { body: `Reply number ${n}`, format: 'markdown', submission: `s${n}`.padEnd(22, 'x') },
        cookie: cookiesOf(bea),
      }),
      crowd,
    )
    const fields = { act: 'lock', topic: ['1'], reason: '' }
    const lock = { path: '/moderate/', fields, cookie: cookiesOf(admin) }
    await watchLock(forum.db, forum.store.kind)
    const half = crowd / 2
    const answers = await atOnce([...replies.slice(0, half), lock, ...replies.slice(half)])
    const [locking] = answers.splice(half, 1)
    assert.equal(locking?.status, 303)
    const topic = await topicRow(forum.db, 1)
    assert.notEqual(topic.locked_at, null)
    const written = winnersOf(answers, [409], /The topic was locked while you were writing/)
    for (const [n, answer] of answers.entries()) {
      if (answer.status === 409) assert.match(answer.body, new RegExp(`Reply number ${n}\\b`))
    }
    const posts = await forum.db.selectFrom('posts').select('id').where('id', '>', 1).execute()
    assert.equal(posts.length, written.length)
    assert.equal(topic.post_count, posts.length + 1)
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

/** From now on the database refuses, and the forum logs as a fault, what is written behind a lock. */
async function watchLock(db: Db, kind: DatabaseKind): Promise<void> {
  const isBehind = sql`exists (select 1 from topics where id = new.topic_id and locked_at is not null)`
  if (kind === 'sqlite') {
    const refuse = sql`begin select raise(abort, 'behind the lock') where ${isBehind}; end`
    await sql`create trigger behind_lock after insert on posts ${refuse}`.execute(db)
    return
  }
  const refuse = sql`begin if ${isBehind} then raise exception 'behind the lock'; end if; return new; end`
  await sql`create function behind_lock() returns trigger language plpgsql as $$ ${refuse} $$`.execute(db)
  await sql`create trigger behind_lock after insert on posts for each row execute function behind_lock()`.execute(db)
}
