import assert from 'node:assert/strict'
import { forumOnBothDatabases, type TestForum } from '../../support/index.ts'

const day = 24 * 60 * 60_000
const list = '/modcp/announcements/'

/** What stands above a page, as a reader sees it. */
const above = (page: { texts(selector: string): string[] }) => page.texts('.announcements strong')

async function appoint({ db }: TestForum, memberId: number, forumId: number): Promise<void> {
  const row = { member_id: memberId, group_id: null, forum_id: forumId, acts: '["announce"]' }
  await db.insertInto('moderators').values(row).execute()
  await db
    .updateTable('revisions')
    .set(eb => ({ permissions: eb('permissions', '+', 1) }))
    .execute()
}

forumOnBothDatabases(
  'what is announced stands above the right pages for the right people, for as long as it is to',
  async forum => {
    const { db } = forum
    const guest = forum.asGuest()
    await guest.get('/')
    const ada = await forum.asAdmin()
    await ada.get(`${list}new`)
    assert.equal((await ada.press('Announce', { title: '', body: 'Hello' })).status, 422)
    const done = await ada.press('Announce', { title: 'Moving house', body: '# We move\n\non **Sunday** <b>x</b>' })
    assert.match(done.text, /It is announced/)
    const twice = { title: 'Moving house', body: '# We move\r\n\r\non **Sunday** <b>x</b>', where: 'all' }
    const again = await ada.post(`${list}new`, { ...twice, audience: 'everybody', dismissible: '1' })
    assert.match(again.text, /It is announced/)
    assert.equal((await db.selectFrom('announcements').select('id').execute()).length, 1, 'once, though sent twice')

    // A page that was kept follows at once; what is typed is composed like posts, and heads nothing.
    assert.deepEqual(above(await guest.get('/')), ['Moving house', 'We move', 'Sunday'])
    assert.match(guest.page.html, /&lt;b&gt;x/)
    const other = forum.asGuest()
    await guest.press('Put away: Moving house')
    assert.deepEqual(above(await guest.get('/')), [])
    assert.deepEqual(above(await guest.get('/guidelines/')), [])
    assert.equal(above(await other.get('/')).length, 3, 'put away by one guest for themselves alone')
    other.setCookie('stoa_away', 'x.-1.99999999999999999999')
    assert.equal(above(await other.get('/')).length, 3)
    const bea = await forum.asMember('Bea')
    await bea.get('/')
    await bea.press('Put away: Moving house')
    assert.deepEqual(above(await (await forum.asMember('Bea')).get('/')), [], 'for members wherever they sign in')

    // Undo, in the notice and from the list; what changed since stays.
    const { id, changed_at } = await db
      .selectFrom('announcements')
      .select(['id', 'changed_at'])
      .executeTakeFirstOrThrow()
    await ada.get(`${list}${id}`)
    assert.match((await ada.press('Save', { title: 'Moved', dismissible: false })).text, /is changed/)
    assert.match((await ada.post(`${list}${id}/back`, { changed: String(changed_at) })).text, /changed again since/)
    assert.deepEqual(above(await guest.get('/'))[0], 'Moved')
    assert.equal((await guest.post(`/announcements/${id}/dismiss`)).status, 404)
    await ada.post(`${list}${id}/remove`)
    assert.deepEqual(above(await guest.get('/')), [])
    assert.match((await ada.post(`${list}${id}/remove`)).text, /deleted already/)
    await ada.press('Put back')
    assert.deepEqual(above(await guest.get('/'))[0], 'Moved')
    await ada.post(`${list}${id}/remove`)

    // Dates begin and end by themselves, on kept pages too.
    const soon = { title: 'Soon', body: 'x', where: 'all', audience: 'guests' }
    const dayAt = (at: number) => new Date(at).toISOString().slice(0, 10)
    const now = Date.now()
    await ada.post(`${list}new`, { ...soon, from: dayAt(now + day), until: dayAt(now + 2 * day) })
    assert.deepEqual(above(await guest.get('/')), [])
    const { id: soonId } = await db
      .selectFrom('announcements')
      .select('id')
      .where('title', '=', 'Soon')
      .executeTakeFirstOrThrow()
    await db
      .updateTable('announcements')
      .set({ starts_at: now - 5 })
      .where('id', '=', soonId)
      .execute()
    await forum.runJobs(now + 2 * day)
    assert.deepEqual(above(await guest.get('/')), ['Soon'])
    assert.deepEqual(above(await bea.get('/')), [], 'it is for guests')
    await db
      .updateTable('announcements')
      .set({ ends_at: now - 1 })
      .where('id', '=', soonId)
      .execute()
    await ada.post(`${list}new`, { ...soon, title: 'Other', from: dayAt(now + day) })
    assert.deepEqual(above(await guest.get('/')), [])

    // Of one forum: above its pages alone, and changed by whoever moderates it.
    const forums = await db
      .selectFrom('forums')
      .select(['id', 'slug'])
      .where('kind', '=', 'forum')
      .orderBy('id')
      .execute()
    const [own, foreign] = forums
    const { id: modId } = await forum.member('Moe')
    await appoint(forum, modId, own?.id ?? 0)
    const mo = await forum.asMember('Moe')
    await mo.get(`${list}new`)
    await mo.press('Announce', { title: 'Here only', body: 'x', forum: [String(own?.id)] })
    assert.deepEqual(above(await guest.get(`/forum/${own?.id}-${own?.slug}/`)), ['Here only'])
    assert.deepEqual(above(await guest.get('/')), [])
    assert.deepEqual(above(await guest.get(`/forum/${foreign?.id}-${foreign?.slug}/`)), [])
    assert.deepEqual(mo.page.texts('article h2'), ['Here only'], 'nothing of the others')
    const elsewhere: Record<string, string | string[]>[] = [{ where: 'all' }, { forum: [String(foreign?.id)] }]
    for (const fields of elsewhere)
      assert.equal((await mo.post(`${list}new`, { ...soon, where: 'some', ...fields })).status, 403)
    for (const path of [`${list}${soonId}`, `${list}${soonId}/remove`, `${list}${soonId}/back`])
      assert.equal((await mo.post(path, { ...soon })).status, 404)
    assert.match((await mo.get('/modcp/log/')).text, /Announced something/)
    assert.match((await ada.get('/modcp/log/')).text, /Deleted an announcement/)
    for (const visitor of [guest, bea]) {
      assert.equal((await visitor.get(list)).status, 404)
      assert.equal((await visitor.post(`${list}new`, soon)).status, 404)
    }
  },
)
