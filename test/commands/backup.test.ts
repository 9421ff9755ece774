import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { addForum } from '../../src/features/forums/index.ts'
import { recountAll } from '../../src/features/posts/index.ts'
import { openFiles } from '../../src/platform/files/index.ts'
import { type Db, inTransaction, pendingMigrations } from '../../src/platform/store/index.ts'
import { makeReply, makeTopic } from '../features/posts/world.ts'
import { kinds } from '../support/index.ts'
import { contentOf } from './copies.ts'
import { emptyFolder, emptyPlace, forumAt, olderForum, openAt, stoa } from './stoa.ts'

/** What is hard to carry over: rows that point at later ones and at each other, odd letters, numbers given out and gone. */
async function addOddities(db: Db): Promise<{ lastPost: number }> {
  const [forum] = await db.selectFrom('forums').select('id').where('kind', '=', 'forum').execute()
  const shared = { description: '', guestPosting: null, parentId: null }
  const later = await inTransaction(db, tx => addForum(tx, { ...shared, kind: 'category', name: 'Later' }))
  await db
    .updateTable('forums')
    .set({ parent_id: later })
    .where('id', '=', forum?.id ?? 0)
    .execute()
  const { id: member } = await db.selectFrom('members').select('id').executeTakeFirstOrThrow()
  const invitation = await db
    .insertInto('invitations')
    .values({ hash: 'a', note: 'for a friend', created_at: 1, created_by_id: member })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.updateTable('members').set({ invitation_id: invitation.id }).where('id', '=', member).execute()
  const { topicId } = await makeTopic(db, forum?.id ?? 0, member, 'Zeilen\u2028und "Zeichen" \\ 👩‍🚀\r\n\t')
  const gone = await makeReply(db, topicId, member)
  await db.deleteFrom('posts').where('id', '=', gone.id).execute()
  await recountAll(db, { repair: true })
  await db.insertInto('rate_limits').values({ key: 'somebody', points: 3, expires_at: 1 }).execute()
  return { lastPost: gone.id }
}

/** What a restored forum has in common with the one that was copied. */
function comparable({ rate_limits, exports, revisions, ...content }: Record<string, string[]>) {
  return content
}

for (const from of kinds)
  test(`a forum moves into either database with all that was in it (from ${from})`, async t => {
    const { place, store } = await forumAt(t, from)
    const { lastPost } = await addOddities(store.db)
    const picture = Buffer.from('not really a picture')
    const path = await openFiles(join(place.dataDir, 'files')).keep(picture, 'png')
    const file = join(emptyFolder(t), 'forum.stoa')
    const made = await stoa(place, 'backup', file)
    assert.equal(made.code, 0, made.output)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const before = comparable(await contentOf(store))
    const secret = readFileSync(join(place.dataDir, 'session-secret'), 'utf8')
    for (const to of kinds) {
      const there = await emptyPlace(t, to)
      const restored = await stoa(there, 'restore', file)
      assert.equal(restored.code, 0, restored.output)
      const copy = await openAt(t, there)
      assert.deepEqual(comparable(await contentOf(copy)), before)
      assert.deepEqual(await copy.db.selectFrom('rate_limits').selectAll().execute(), [])
      assert.deepEqual(readFileSync(join(there.dataDir, path)), picture)
      assert.equal(readFileSync(join(there.dataDir, 'session-secret'), 'utf8'), secret)
      assert.deepEqual(await stoa(there, 'verify'), { code: 0, output: 'Everything is right.' })
      const { topicId } = await makeTopic(copy.db, 2, null)
      const next = await makeReply(copy.db, topicId, null)
      assert.ok(next.id > lastPost + 1, 'no number is given out twice')
      await assert.rejects(makeReply(copy.db, topicId, 987_654), /FOREIGN|foreign/, 'references hold again')
    }
  })

for (const kind of kinds)
  test(`what is copied while people write is whole (${kind})`, async t => {
    const { place, store } = await forumAt(t, kind, 2000)
    const topics = await store.db.selectFrom('topics').select(['id', 'forum_id']).limit(3).execute()
    const members = await store.db.selectFrom('members').select('id').execute()
    let copying = true
    let written = 0
    const write = async ({ id, forum_id }: (typeof topics)[number], at: number) => {
      const author = members[at % members.length]?.id ?? null
      while (copying) {
        await makeReply(store.db, id, author)
        await makeTopic(store.db, forum_id, author)
        written++
        // SQLite answers at once, and nobody else would ever have a turn.
        await setTimeout(5)
      }
    }
    const writers = topics.map(write)
    const file = join(emptyFolder(t), 'forum.stoa')
    const before = written
    const made = await stoa(place, 'backup', file)
    copying = false
    await Promise.all(writers)
    assert.equal(made.code, 0, made.output)
    assert.ok(written > before + topics.length, 'people wrote meanwhile')
    const there = await emptyPlace(t, 'sqlite')
    assert.equal((await stoa(there, 'restore', file)).code, 0)
    assert.deepEqual(await stoa(there, 'verify'), { code: 0, output: 'Everything is right.' })
    const [copy, now] = [await contentOf(await openAt(t, there)), await contentOf(store)]
    const posts = new Set(now.posts)
    assert.ok((copy.posts?.length ?? 0) >= 2000 && (copy.posts?.length ?? 0) < posts.size)
    assert.ok(copy.posts?.every(post => posts.has(post)))
  })

for (const kind of kinds)
  test(`a copy of an older version is restored as it was and brought up to date (${kind})`, async t => {
    const { place, applied, latest } = await olderForum(t, kind)
    const file = join(emptyFolder(t), 'old.stoa')
    const made = await stoa(place, 'backup', file)
    assert.equal(made.code, 0, made.output)
    const old = await openAt(t, place)
    assert.deepEqual(await pendingMigrations(old), [latest], 'copying changes nothing')
    const there = await emptyPlace(t, kind)
    const restored = await stoa(there, 'restore', file)
    assert.equal(restored.code, 0, restored.output)
    assert.match(restored.output, new RegExp(`Applied ${latest}`))
    const copy = await openAt(t, there)
    assert.deepEqual(await pendingMigrations(copy), [])
    const { value } = await copy.db.selectFrom('settings').select('value').executeTakeFirstOrThrow()
    assert.equal(value, JSON.stringify(applied.length))
  })

for (const kind of kinds)
  test(`neither a database nor a file is ever overwritten unasked (${kind})`, async t => {
    const { place, store } = await forumAt(t, kind)
    const folder = emptyFolder(t)
    const file = join(folder, 'forum.stoa')
    writeFileSync(file, 'last year')
    const refused = await stoa(place, 'backup', file)
    assert.equal(refused.code, 2)
    assert.match(refused.output, /is there already: --force/)
    assert.equal(readFileSync(file, 'utf8'), 'last year')
    assert.equal((await stoa(place, 'backup', file, '--force')).code, 0)
    assert.deepEqual(readdirSync(folder), ['forum.stoa'])
    const before = await contentOf(store)
    const again = await stoa(place, 'restore', file)
    assert.equal(again.code, 2)
    assert.match(again.output, /^The database is not empty.*DATABASE_URL/)
    assert.deepEqual(await contentOf(store), before)
    const nowhere = await stoa(place, 'backup', join(folder, 'no/such/folder.stoa'))
    assert.equal(nowhere.code, 2)
    assert.match(nowhere.output, /cannot be written: ENOENT/)
    const nothing = await stoa(await emptyPlace(t, kind), 'backup', join(folder, 'nothing.stoa'))
    assert.match(nothing.output, /no forum in this database/)
    assert.ok(!existsSync(join(folder, 'nothing.stoa')))
  })
