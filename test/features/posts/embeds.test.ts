import assert from 'node:assert/strict'
import { loadViewer, updateMember } from '../../../src/features/members/index.ts'
import { changePostState, changeTopicForum } from '../../../src/features/posts/change-state.ts'
import { editPost } from '../../../src/features/posts/edits/edit-post.ts'
import { composePost, updateTopic } from '../../../src/features/posts/index.ts'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { type Db, inTransaction } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, onBothDatabases, type Page } from '../../support/index.ts'
import { readingRoom } from '../topics/reading-room.ts'
import { closeForum, makeForum, withdrawPost, withdrawTopic } from '../topics/world.ts'
import { makeMember, makeReply, makeTopic, typed } from './world.ts'

const here = 'https://porch.example'

/** A topic whose opening post has these links, each on a line of its own. */
async function topicOf(db: Db, forumId: number, memberId: number, links: string[]) {
  const { html } = await composePost(db, typed(links.join('\n\n')))
  const { topicId } = await makeTopic(db, forumId, memberId, 'Where to look')
  await makeReply(db, topicId, memberId, { html, text: links.join('\n') })
  return `/topic/${topicId}-where-to-look/`
}

const cardsOn = (page: Page) => page.texts('.embed-card').map(card => card.replace(/\s+/g, ' ').trim())

onBothDatabases(
  'A card shows what its reader may see at this moment, also on a page that was kept',
  async ({ db, t }) => {
    await inTransaction(db, tx => writeSettings(tx, { base_url: here }))
    const [open, closed] = [await makeForum(db, 'Plants'), await makeForum(db, 'Cellar')]
    await closeForum(db, closed)
    const ann = await makeMember(db, 'Ann')
    const ada = await makeMember(db, 'Ada', 'Administrators')
    const jade = await makeTopic(db, open, ann, 'Jade plants')
    const reply = await makeReply(db, jade.topicId, ann, { text: 'Water <them> seldom.' })
    const cellar = await makeTopic(db, closed, ada, 'Hidden treasure')
    const links = [
      `${here}/topic/${jade.topicId}-jade/`,
      `${here}/topic/${jade.topicId}-jade/?do=findComment&comment=${reply.id}`,
      `${here}/profile/${ann}-ann/`,
      `${here}/topic/${cellar.topicId}-x/`,
      `${here}/post/${cellar.postId}`,
      `https://elsewhere.example/topic/${jade.topicId}-jade/`,
      `${here}/topic/${2 ** 31 - 1}-none/`,
      `${here}/profile/${ada + 1}-nobody/`,
      `> ${here}/post/${reply.id}`,
    ]
    const path = await topicOf(db, open, ann, links)
    const { visit, rendered } = await readingRoom(t, db)
    const [guest, bea] = [visit(null), visit(await makeMember(db, 'Bea'))]
    const seen = async () => cardsOn(await guest.get(path))

    const first = await seen()
    assert.equal(first.length, 4)
    assert.match(first[0] ?? '', /Jade plants Words Topic by Ann in Plants,/)
    assert.match(first[1] ?? '', /Jade plants Water <them> seldom\. Post by Ann in Plants,/)
    assert.match(first[2] ?? '', /Ann Members, joined/)
    assert.match(first[3] ?? '', /Bea Members, joined/)
    for (const someone of [guest, bea]) {
      const page = await someone.get(path)
      assert.equal(cardsOn(page).length, 4)
      assert.doesNotMatch(page.html, /Hidden treasure|Cellar/)
      assert.ok(page.has(`a.embed[href="${here}/topic/${cellar.topicId}-x/"]`))
      assert.ok(page.has(`blockquote a[href="${here}/post/${reply.id}"]`))
    }
    assert.match((await visit(ada).get(path)).html, /Hidden treasure/)

    const before = rendered()
    await seen()
    assert.equal(rendered(), before)

    await inTransaction(db, tx => updateTopic(tx, jade.topicId, { title: 'Money trees' }))
    assert.match((await seen()).join(), /Money trees Words.*Money trees Water/)
    await inTransaction(db, tx => updateMember(tx, ann, { name: 'Anna', name_key: 'anna' }))
    assert.match((await seen()).join(), /Post by Anna in.*Anna Members/)
    const annas = await loadViewer(db, ann, '192.0.2.1')
    await editPost(db, annas, reply, { ...typed('Water them often.'), reason: null, base: 0 })
    assert.match((await seen()).join(), /Water them often/)

    await withdrawPost(db, jade.topicId, reply.id, 'hidden')
    assert.equal((await seen()).length, 3)
    assert.equal(cardsOn(await visit(ada).get(path)).filter(card => card.includes('often')).length, 0)
    await inTransaction(db, tx => changePostState(tx, jade.topicId, reply.id, { hidden_at: null }))
    assert.equal((await seen()).length, 4)
    await inTransaction(db, tx => changeTopicForum(tx, jade.topicId, closed))
    assert.equal((await seen()).length, 2)
    await inTransaction(db, tx => changeTopicForum(tx, jade.topicId, open))
    await withdrawTopic(db, jade.topicId, 'deleted')
    const last = await guest.get(path)
    assert.equal(cardsOn(last).length, 2)
    assert.doesNotMatch(last.html, /Money trees|often/)
  },
)

onBothDatabases('A card appears on a kept page when what it leads to comes to be', async ({ db, t }) => {
  const forum = await makeForum(db, 'Plants')
  const ann = await makeMember(db, 'Ann')
  const { visit } = await readingRoom(t, db)
  const guest = visit(null)
  // Without a public address the request's own origin is ours.
  const origin = /rel="canonical" href="(http:\/\/[^/]+)/.exec((await guest.get(`/forum/${forum}-plants/`)).html)?.[1]
  const links = [`${origin}/topic/2-next/`, `${origin}/profile/${ann + 1}/`, 'https://youtu.be/dQw4w9WgXcQ']
  const path = await topicOf(db, forum, ann, links)
  const page = await guest.get(path)
  assert.deepEqual(cardsOn(page), [])
  assert.equal(page.count('embed-player button[hidden]'), 1)
  assert.ok(page.has('embed-player a[href="https://youtu.be/dQw4w9WgXcQ"][rel~="nofollow"]'))
  assert.doesNotMatch(page.html, /<iframe/)
  await makeTopic(db, forum, ann, 'The next one')
  assert.match(cardsOn(await guest.get(path)).join(), /The next one/)
  await makeMember(db, 'Bea')
  assert.match(cardsOn(await guest.get(path)).join(), /Bea/)
})

forumOnBothDatabases(
  'The preview shows what will be shown, and the editor is told only what a reader may know',
  async forum => {
    const guest = forum.asGuest()
    await guest.get('/topic/1/')
    const preview = await guest.press('Preview', { body: `${forum.url}/topic/1/\n\nhttps://vimeo.com/76979871` })
    assert.match(preview.texts('#preview .embed-card').join(), /Welcome!.* Topic by Ada in/)
    assert.equal(preview.count('#preview embed-player'), 1)
    const kept = await guest.press('Submit Reply')
    assert.deepEqual([kept.count('main .embed-card'), kept.count('main embed-player')], [1, 1], 'and so it is kept')
    const told = async (address: string) =>
      (await guest.agent.get(`/compose/embed?${new URLSearchParams({ address })}`)).body.embedded
    assert.equal(await told(`${forum.url}/topic/1/`), true)
    await withdrawTopic(forum.db, 1, 'hidden')
    assert.equal(await told(`${forum.url}/topic/1/`), false)
    assert.equal(await told('%00'), false)
  },
)
