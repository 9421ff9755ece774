import assert from 'node:assert/strict'
import { indexPage } from '../../../src/features/topics/index-page.ts'
import { onBothDatabases } from '../../support/index.ts'
import { makeMember, makeReply, makeTopic, makeViewer, viewerOf } from '../posts/world.ts'
import { closeForum, letGroup, makeCategory, makeForum, states, withdrawPost, withdrawTopic } from './world.ts'

type Page = Awaited<ReturnType<typeof indexPage>>

const rowsOf = (page: Page) => page.sections.flatMap(section => section.rows)
const rowOf = (page: Page, name: string) => rowsOf(page).find(row => row.name === name)

onBothDatabases('The index counts what stands in a forum and below it', async ({ db }) => {
  const category = await makeCategory(db, 'Growing')
  const plants = await makeForum(db, 'Houseplants', category)
  const succulents = await makeForum(db, 'Succulents', plants)
  const ann = await makeMember(db, 'Ann')
  await makeTopic(db, plants, ann, 'Ivy')
  const { topicId } = await makeTopic(db, succulents, ann, 'Jade')
  const reply = await makeReply(db, topicId, ann, { createdAt: Date.now() + 1000 })

  const page = await indexPage(db, await viewerOf(db, null))
  const row = rowOf(page, 'Houseplants')
  assert.deepEqual({ topics: row?.topics, posts: row?.posts }, { topics: 2, posts: 3 })
  assert.deepEqual([row?.last?.title, row?.last?.href, row?.last?.by.name], ['Jade', `/post/${reply.id}`, 'Ann'])
  assert.deepEqual(
    row?.subforums.map(sub => sub.name),
    ['Succulents'],
  )
  assert.deepEqual([page.statistics.topics, page.statistics.posts, page.statistics.members], [2, 3, 1])
  assert.equal(page.statistics.newestMember?.name, 'Ann')
  assert.deepEqual(
    page.newest.map(topic => topic.title),
    ['Jade', 'Ivy'],
  )
})

onBothDatabases('Of a forum they may not read, nothing shows to guests and members', async ({ db }) => {
  const open = await makeForum(db, 'Open')
  const secret = await makeForum(db, 'Secret', open)
  const ann = await makeMember(db, 'Ann')
  await makeTopic(db, open, ann, 'Known')
  await makeTopic(db, secret, ann, 'Unknown')
  await closeForum(db, secret)

  for (const viewer of [await viewerOf(db, null), await viewerOf(db, ann)]) {
    const page = await indexPage(db, viewer)
    const row = rowOf(page, 'Open')
    assert.deepEqual([row?.topics, row?.posts, row?.last?.title, row?.subforums], [1, 1, 'Known', []])
    assert.deepEqual([page.statistics.topics, page.statistics.posts], [1, 1])
    assert.deepEqual(
      page.newest.map(topic => topic.title),
      ['Known'],
    )
    assert.doesNotMatch(JSON.stringify(page), /Unknown|Secret/)
  }
  const admin = await indexPage(db, await makeViewer(db, 'Root', 'Administrators'))
  assert.equal(rowOf(admin, 'Open')?.last?.title, 'Unknown')
})

for (const state of states) {
  onBothDatabases(`A ${state} topic or post is neither counted nor shown, not even as the last`, async ({ db }) => {
    const forum = await makeForum(db, 'Forum')
    const ann = await makeMember(db, 'Ann')
    const kept = await makeTopic(db, forum, ann, 'Kept')
    const gone = await makeTopic(db, forum, ann, 'Withdrawn')
    const reply = await makeReply(db, kept.topicId, ann)
    await withdrawTopic(db, gone.topicId, state)
    await withdrawPost(db, kept.topicId, reply.id, state)

    for (const viewer of [null, ann]) {
      const page = await indexPage(db, await viewerOf(db, viewer))
      const row = rowOf(page, 'Forum')
      assert.deepEqual([row?.topics, row?.posts, row?.last?.href], [1, 1, `/post/${kept.postId}`])
      assert.equal(page.statistics.posts, 1)
      assert.doesNotMatch(JSON.stringify(page), /Withdrawn/)
    }
  })
}

onBothDatabases('A category without a readable forum is not there, nor is one that stands empty', async ({ db }) => {
  await makeCategory(db, 'Empty')
  const staff = await makeCategory(db, 'Staff')
  await closeForum(db, await makeForum(db, 'Backroom', staff))
  await makeForum(db, 'Open', await makeCategory(db, 'Porch'))
  const { sections } = await indexPage(db, await viewerOf(db, null))
  assert.deepEqual(
    sections.map(section => [section.category?.name, section.rows.map(row => row.name)]),
    [['Porch', ['Open']]],
  )
})

onBothDatabases('A forum may be open to members only', async ({ db }) => {
  const forum = await makeForum(db, 'Club')
  await letGroup(db, forum, 'guests', 'read', 0)
  assert.deepEqual(rowsOf(await indexPage(db, await viewerOf(db, null))), [])
  assert.equal(rowsOf(await indexPage(db, await makeViewer(db, 'Ann'))).length, 1)
})
