import assert from 'node:assert/strict'
import { createForum } from '../../../src/features/forums/index.ts'
import { allGroups, type ForumVerb, permissionTable, writePermissions } from '../../../src/features/groups/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { onBothDatabases } from '../../support/index.ts'

const forum = { kind: 'forum' as const, description: '', guestPosting: null }

async function tree(db: Db) {
  const category = await createForum(db, { ...forum, kind: 'category', name: 'Staff', parentId: null })
  const parent = await createForum(db, { ...forum, name: 'Room', parentId: category })
  const child = await createForum(db, { ...forum, name: 'Cupboard', parentId: parent })
  const guests = (await allGroups(db)).find(group => group.kind === 'guests')?.id ?? 0
  const say = (forumId: number, verb: ForumVerb, allowed: 0 | 1 | null) =>
    inTransaction(db, tx => writePermissions(tx, forumId, [{ group_id: guests, verb, allowed }]))
  const verbs = async (forumId: number) => [...((await permissionTable(db)).get(guests)?.get(forumId) ?? [])]
  return { category, parent, child, say, verbs }
}

onBothDatabases('a forum does as the forum above it until it says something itself', async ({ db }) => {
  const { category, parent, child, say, verbs } = await tree(db)
  assert.deepEqual(await verbs(child), ['read'])
  await say(parent, 'publish', 1)
  assert.deepEqual(await verbs(child), ['read', 'publish'])
  await say(child, 'publish', 0)
  assert.deepEqual(await verbs(child), ['read'])
  await say(child, 'publish', null)
  assert.deepEqual(await verbs(child), ['read', 'publish'])
  assert.deepEqual(await verbs(category), ['read'])
})

onBothDatabases('whoever may not read a forum may not read what is below it, whatever that says', async ({ db }) => {
  const { category, parent, child, say, verbs } = await tree(db)
  await say(category, 'read', 0)
  await say(child, 'read', 1)
  assert.deepEqual(await verbs(parent), [])
  assert.deepEqual(await verbs(child), [])
})
