import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFiles } from '../../src/platform/files/index.ts'
import { isEmptyDatabase } from '../../src/platform/store/index.ts'
import { kinds } from '../support/index.ts'
import { retell, tamper } from './copies.ts'
import { emptyFolder, emptyPlace, forumAt, openAt, stoa } from './stoa.ts'

for (const kind of kinds)
  test(`a copy that is not whole is refused in a line, and leaves nothing behind (${kind})`, async t => {
    const { place } = await forumAt(t, kind)
    const path = await openFiles(join(place.dataDir, 'files')).keep(Buffer.from('a picture'), 'png')
    const folder = emptyFolder(t)
    const file = join(folder, 'forum.stoa')
    assert.equal((await stoa(place, 'backup', file)).code, 0)
    const there = await emptyPlace(t, kind)
    const store = await openAt(t, there)
    const bad = join(folder, 'bad.stoa')
    const refuses = async (words: RegExp) => {
      const { code, output } = await stoa(there, 'restore', bad)
      assert.equal(code, 2, output)
      assert.match(output.split('\n').at(-1) ?? '', words)
      assert.ok(await isEmptyDatabase(store.db), 'the database is as it was')
      assert.ok(!existsSync(join(there.dataDir, path)), 'no file was put back')
    }

    const bytes = readFileSync(file)
    const flipped = Buffer.from(bytes)
    // More than a header that nobody reads.
    for (let at = bytes.length >> 1, end = at + 200; at < end; at++) flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at)
    for (const wrong of [flipped, bytes.subarray(0, bytes.length - 1000), Buffer.from('a letter'), Buffer.alloc(0)]) {
      writeFileSync(bad, wrong)
      await refuses(/bad\.stoa is damaged or no backup of Stoa \(.+\): take another copy$/)
    }
    const posts = 'tables/posts.jsonl'
    await tamper(file, bad, parts => parts.set(posts, (parts.get(posts) ?? '').replace('<p>', '<b>')))
    await refuses(/damaged.*the rows of posts have changed/)
    await tamper(file, bad, parts => parts.delete(posts))
    await refuses(/damaged.*tables\/posts\.jsonl is missing/)
    await tamper(file, bad, parts => parts.set(path.slice(1), 'another picture'))
    await refuses(/damaged.*files\/[0-9a-f]+\.png has changed/)
    await tamper(file, bad, parts => retell(parts, told => told.files.push({ path: 'files/../../.bashrc' })))
    await refuses(/damaged/)
    await tamper(file, bad, parts => parts.set('manifest.json', '{"format":"stoa-backup"'))
    await refuses(/damaged/)

    await tamper(file, bad, parts => retell(parts, told => told.version++))
    await refuses(/was made by a newer version of Stoa.*restore it with that version/)
    await tamper(file, bad, parts => retell(parts, told => told.migrations.push('9999-future')))
    await refuses(/was made by a newer version of Stoa \(it knows 9999-future\)/)

    // Whole by its checksums, and yet something is missing: found when nearly everything is in the database.
    await tamper(file, bad, parts => {
      parts.set('tables/topics.jsonl', '')
      retell(parts, told => {
        const topics = told.tables.find(({ name }) => name === 'topics')
        Object.assign(topics ?? {}, { rows: 0, sum: '0'.repeat(64) })
      })
    })
    await refuses(/rows that point at nothing: \d+ rows of posts: topic_id is nowhere in topics/)

    const restored = await stoa(there, 'restore', file)
    assert.equal(restored.code, 0, restored.output)
    assert.match(restored.output, /Every row was read back and is the same/)
  })
