import assert from 'node:assert/strict'
import { closeSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import pg from 'pg'
import { openFiles } from '../../src/platform/files/index.ts'
import type { DatabaseConfig } from '../../src/platform/store/index.ts'
import { kinds } from '../support/index.ts'
import { contentOf } from './copies.ts'
import { emptyFolder, emptyPlace, forumAt, olderForum, openAt, stoa } from './stoa.ts'

/** Somebody else's doing, past everything that the forum takes care of. */
async function tamperWith(database: DatabaseConfig, statements: readonly string[]): Promise<void> {
  if (database.kind === 'sqlite') {
    const file = new Database(database.file)
    file.pragma('foreign_keys = OFF')
    for (const statement of statements) file.exec(statement)
    file.close()
    return
  }
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

for (const kind of kinds)
  test(`verifying finds what is off and changes nothing (${kind})`, async t => {
    const { place, store } = await forumAt(t, kind)
    const files = openFiles(join(place.dataDir, 'files'))
    const logo = { path: await files.keep(Buffer.from('a logo'), 'png'), width: 10, height: 10, plate: 'none' }
    await store.db
      .insertInto('settings')
      .values({ key: 'logo', value: JSON.stringify(logo) })
      .execute()
    assert.deepEqual(await stoa(place, 'verify'), { code: 0, output: 'Everything is right.' })

    const other = await files.keep(Buffer.from('another picture'), 'png')
    writeFileSync(join(place.dataDir, other), 'another pixture')
    rmSync(join(place.dataDir, logo.path))
    await store.db.updateTable('topics').set({ post_count: 99 }).where('id', '=', 1).execute()
    const before = await contentOf(store)
    const { code, output } = await stoa(place, 'verify')
    assert.equal(code, 1)
    assert.match(output, /^counter: table topics, id 1, column post_count, was 99, should 1$/m)
    assert.match(output, /^file: the logo is missing \(\/files\/[0-9a-f]+\.png\)$/m)
    assert.match(output, /^file: [0-9a-f]+\.png is damaged$/m)
    assert.match(output, /^\d+ found\.$/m)
    assert.deepEqual(await contentOf(store), before)

    const unbound = kind === 'postgres' ? ['alter table topic_reads drop constraint topic_reads_member_id_fkey'] : []
    const bound =
      kind === 'postgres'
        ? ['alter table topic_reads add foreign key (member_id) references members (id) on delete cascade not valid']
        : []
    const orphan = 'insert into topic_reads (member_id, topic_id, read_at) values (4711, 1, 1)'
    await tamperWith(place.database, [...unbound, orphan, ...bound])
    const broken = await stoa(place, 'verify')
    assert.equal(broken.code, 1)
    assert.match(broken.output, /^database: 1 rows of topic_reads: member_id is nowhere in members \(such as 4711\)$/m)
    const copied = await stoa(place, 'backup', join(emptyFolder(t), 'broken.stoa'))
    assert.equal(copied.code, 1, 'whoever copies it is told')
    assert.match(copied.output, /cannot be restored before this is repaired: 1 rows of topic_reads/)
  })

for (const kind of kinds)
  test(`there is nothing to verify without a forum of this version (${kind})`, async t => {
    const nothing = await stoa(await emptyPlace(t, kind), 'verify')
    assert.deepEqual(nothing, { code: 2, output: 'There is no forum in this database' })
    const { place, latest } = await olderForum(t, kind)
    const older = await stoa(place, 'verify')
    assert.deepEqual(older, { code: 2, output: `The database lacks ${latest}: run "migrate" first` })
    assert.equal((await stoa(place, 'migrate')).code, 0)
  })

test('verifying finds a damaged SQLite file', async t => {
  const { place, store } = await forumAt(t, 'sqlite', 400)
  await store.close()
  assert.ok(place.database.kind === 'sqlite')
  const { file } = place.database
  const open = openSync(file, 'r+')
  // Behind what says which tables there are: without that it could not even be opened.
  const from = ((statSync(file).size * 3) >> 2) & ~4095
  for (let at = 0; at < 20; at++) writeSync(open, Buffer.alloc(512, 0xff), 0, 512, from + at * 4096)
  closeSync(open)
  const { code, output } = await stoa(place, 'verify')
  assert.equal(code, 1, output)
  assert.match(output, /^database: /m)
  await assert.doesNotReject(openAt(t, place))
})
