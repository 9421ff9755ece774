import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { forumTree } from '../../../src/features/forums/index.ts'
import { mayIn } from '../../../src/features/members/index.ts'
import { adoptWelcome, installDefaults } from '../../../src/features/posts/upkeep/install-defaults.ts'
import { inTransaction, openStore } from '../../../src/platform/store/index.ts'
import { emptyDatabase, kinds, onBothDatabases } from '../../support/stores.ts'
import { assertSound } from './soundness.ts'
import { makeMember, viewerOf } from './world.ts'

onBothDatabases(
  'A new forum has a category of three forums and a welcome topic that guests may answer',
  async ({ db }) => {
    assert.equal(await installDefaults(db), true)
    const { roots } = await forumTree(db)
    assert.deepEqual(
      roots.map(root => [root.kind, root.children.map(child => child.kind)]),
      [['category', ['forum', 'forum', 'forum']]],
    )
    const guest = await viewerOf(db, null)
    for (const forum of roots[0]?.children ?? []) {
      assert.equal(mayIn(guest, forum.id, 'read'), true)
      assert.equal(forum.guestPosting, 'claim')
    }
    const [topic] = await db.selectFrom('topics').selectAll().execute()
    assert.deepEqual([topic?.guest_name, topic?.member_id, topic?.post_count], ['Stoa', null, 1])
    await assertSound(db)
  },
)

onBothDatabases('A forum that has begun is left as it is', async ({ db }) => {
  await installDefaults(db)
  await db.updateTable('forums').set({ name: 'Renamed' }).execute()
  assert.equal(await installDefaults(db), false)
  assert.equal((await db.selectFrom('topics').select('id').execute()).length, 1)
})

const start = `
  const { installDefaults } = await import('./src/features/posts/upkeep/install-defaults.ts')
  const { migrate, openStore } = await import('./src/platform/store/index.ts')
  const store = await openStore(JSON.parse(process.argv[1]))
  await migrate(store)
  console.log(await installDefaults(store.db))
  await store.close()
`

for (const kind of kinds) {
  test(`Of two processes that start at once, one lays the forum out (${kind})`, async t => {
    const database = await emptyDatabase(t, kind)
    const run = () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', start, JSON.stringify(database)])
    const done = await Promise.all([run(), run()])
    assert.deepEqual(done.map(({ stdout }) => stdout.trim()).sort(), ['false', 'true'])
    const store = await openStore(database)
    t.after(() => store.close())
    assert.equal((await store.db.selectFrom('forums').select('id').execute()).length, 4)
  })
}

onBothDatabases('The first administrator gets the welcome topic, once', async ({ db }) => {
  await installDefaults(db)
  const chief = await makeMember(db, 'Chief', 'Administrators')
  await inTransaction(db, tx => adoptWelcome(tx, chief))
  const later = await makeMember(db, 'Later', 'Administrators')
  await inTransaction(db, tx => adoptWelcome(tx, later))
  const [topic] = await db.selectFrom('topics').selectAll().execute()
  assert.deepEqual([topic?.member_id, topic?.guest_name], [chief, null])
  await assertSound(db)
})
