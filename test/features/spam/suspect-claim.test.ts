import assert from 'node:assert/strict'
import type { Db } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases } from '../../support/index.ts'
import { linkTo } from '../accounts/letters.ts'
import { goodPassword, newcomer, posts, reply } from '../claims/guests.ts'

const trap = { afterpiece: 'https://pills.example' }

forumOnBothDatabases(
  'what a program wrote as a guest still waits for a moderator when the account that published it is proven',
  async forum => {
    const { db } = forum
    const program = forum.asGuest()
    await program.get('/topic/1/')
    await program.press('Submit Reply', { body: 'Cheap pills', ...trap })
    await program.press('Register and publish', newcomer('Robot'))
    await reply(program, 'Written by hand')
    const again = forum.asGuest()
    await again.get('/forum/3/new-topic')
    await again.press('Submit Topic', { title: 'Cheap watches', body: 'Very cheap', ...trap })
    await again.press('Sign in and publish', { login: 'Robot', password: goodPassword })
    const held = 'posts.waits_email'
    assert.deepEqual(await reasons(db), { 'Cheap watches': held, 'Cheap pills': held, 'Written by hand': held })

    await program.get(await linkTo(forum, 'robot@example.org', 'verify'))
    await program.press('Confirm this address')
    const suspect = 'spam.why_honeypot'
    assert.deepEqual(await reasons(db), { 'Cheap watches': suspect, 'Cheap pills': suspect, 'Written by hand': null })
    assert.doesNotMatch((await forum.asGuest().get('/topic/1/')).text, /Cheap pills/)
    const queue = (await (await forum.asAdmin()).get('/modcp/queue/')).text
    for (const text of ['Cheap pills', 'Very cheap']) assert.ok(queue.includes(text), text)
  },
  { mail: true },
)

/** Why each topic, by its title, and each reply, by its text, waits; null: it does not. */
async function reasons(db: Db): Promise<Record<string, string | null>> {
  const topics = await db.selectFrom('topics').selectAll().where('id', '>', 1).execute()
  const replies = (await posts(db)).filter(post => post.topic_id === 1)
  return Object.fromEntries([
    ...topics.map(({ title, pending_reason }) => [title, pending_reason]),
    ...replies.map(({ text, pending_reason }) => [text, pending_reason]),
  ])
}
