import assert from 'node:assert/strict'
import { allGroups } from '../../../src/features/groups/index.ts'
import { forumOnBothDatabases, type TestForum } from '../../support/index.ts'

const day = 24 * 60 * 60_000

/** A hundred and one who joined one after another, with as many posts as their number. */
async function crowd({ db }: TestForum): Promise<void> {
  const members = Array.from({ length: 101 }, (_, n) => ({
    name: `Walker ${n}`,
    name_key: `walker${n}`,
    email: `w${n}@example.org`,
    email_key: `w${n}@example.org`,
    password_hash: '',
    group_id: 2,
    joined_at: Date.UTC(2020, 0, 1) + n * day,
    last_seen_at: n === 0 ? null : Date.now() - n * day,
    post_count: n % 10,
    read_all_at: 0,
  }))
  await db.insertInto('members').values(members).execute()
}

forumOnBothDatabases(
  'fifty thousand members are paged, narrowed, changed together and written to a file',
  async forum => {
    await crowd(forum)
    const ada = await forum.asAdmin()
    const names = () => ada.page.texts('tbody th a')
    const list = async (query: string) => {
      await ada.get(`/admin/members?q=walker&${query}`)
      return names()
    }

    // A page begins where the one before ended, whatever joins the list meanwhile.
    assert.equal((await list('')).length, 50)
    assert.match(ada.page.text, /101 members\./)
    await ada.click('a[rel="next"]')
    assert.equal(names()[0], 'Walker 50')
    await ada.click('a[rel="next"]')
    assert.deepEqual(names(), ['Walker 0'])
    assert.equal(ada.page.has('a[rel="next"]'), false)
    await ada.click('a[rel="prev"]')
    await ada.click('a[rel="prev"]')
    assert.equal(names()[0], 'Walker 100')
    assert.equal(ada.page.has('a[rel="prev"]'), false)
    const seen = new Set<string>()
    for (let rows = await list('by=posts'); ; rows = names()) {
      for (const name of rows) seen.add(name)
      if (!ada.page.has('a[rel="next"]')) break
      await ada.click('a[rel="next"]')
    }
    assert.equal(seen.size, 101)

    assert.deepEqual(await list('joined_from=2020-01-03&joined_to=2020-01-04'), ['Walker 3', 'Walker 2'])
    assert.deepEqual(await list('seen=never'), ['Walker 0'])
    assert.equal((await list('seen=not_90')).length, 12)
    assert.deepEqual(await list('seen=in_7&posts_from=5&posts_to=5'), ['Walker 5'])
    assert.equal((await list('state=nonsense&by=nonsense&after=x&before=y&joined_from=x')).length, 50)

    // By state, by an earlier name, by network address, by number.
    const bea = await forum.member('Bea')
    await forum.asMember('Bea', { address: '203.0.113.7' })
    const { id } = await forum.member('Fox')
    await forum.db.updateTable('members').set({ name: '=1+2, "the" fox' }).where('id', '=', id).execute()
    const found = async (query: string) => {
      await ada.get(`/admin/members?${query}`)
      return names()
    }
    assert.deepEqual(await found('q=203.0.113.7'), ['Bea'])
    assert.deepEqual(await found('q=203.0.113.0/24'), ['Bea'])
    assert.deepEqual(await found(`q=%23${bea.id}`), ['Bea'])
    const former = { member_id: bea.id, name: 'Beatrix Potts', name_key: 'beatrixpotts', changed_at: 1 }
    await forum.db.insertInto('former_names').values(former).execute()
    assert.deepEqual(await found('q=potts'), ['Bea'])
    await ada.post('/moderate/', { act: 'ban', member: String(bea.id), days: '7', reason: 'Spam' })
    assert.deepEqual(await found('state=banned'), ['Bea'])
    assert.match(ada.page.text, /Banned/)

    // Together: nobody of equal standing, never the last administrator, and it stands in the log.
    const [one, two] = await forum.db
      .selectFrom('members')
      .select('id')
      .where('name', 'in', ['Walker 1', 'Walker 2'])
      .execute()
    const eve = await forum.member('Eve', { group: 'Administrators' })
    const all = await allGroups(forum.db)
    const group = String(all.find(({ name }) => name === 'Moderators')?.id)
    const member = [one?.id, two?.id, eve.id].map(String)
    const grouped = await ada.post('/admin/members/group', { member, group })
    assert.match(grouped.text, /2 members are in the group Moderators now/)
    assert.match(grouped.text, /One member was left as they are/)
    assert.match(grouped.text, /equal or higher standing/)
    // One Undo for all of them: in the notice and in the log, all or nobody, and never twice.
    const ids = [one?.id ?? 0, two?.id ?? 0]
    const idOf = (name: string) => all.find(known => known.name === name)?.id ?? 0
    const groupsNow = async () => {
      const rows = await forum.db
        .selectFrom('members')
        .select('group_id')
        .where('id', 'in', ids)
        .orderBy('id')
        .execute()
      return rows.map(({ group_id }) => group_id)
    }
    const [members, moderators] = [idOf('Members'), idOf('Moderators')]
    const offer = grouped.attribute('form[action^="/admin/log/"]', 'action') ?? ''
    const undo = () => ada.post(offer, { return: '/admin/members' })
    assert.match(
      (await ada.get('/admin/log')).text,
      /Walker 1: Members → Moderators[\s\S]*Walker 2: Members → Moderators/,
    )
    await forum.db
      .updateTable('members')
      .set({ group_id: members })
      .where('id', '=', ids[1] ?? 0)
      .execute()
    assert.match((await undo()).text, /Walker 2 is in another group by now/)
    assert.deepEqual(await groupsNow(), [moderators, members])
    await forum.db
      .updateTable('members')
      .set({ group_id: moderators })
      .where('id', '=', ids[1] ?? 0)
      .execute()
    assert.match((await undo()).text, /All of them are in their former groups again/)
    assert.deepEqual(await groupsNow(), [members, members])
    assert.match((await undo()).text, /put back already/)
    assert.deepEqual(await groupsNow(), [members, members])
    const back = (await ada.get('/admin/log')).attribute('.record form', 'action') ?? ''
    assert.match((await ada.post(back)).text, /former groups again/)
    assert.deepEqual(await groupsNow(), [moderators, moderators])

    // What is refused to somebody alone is refused here, too: to equals, and to the last administrator.
    const self = String(forum.admin.id)
    const raised = await ada.post('/admin/members/group', {
      member: [String(ids[0])],
      group: String(idOf('Administrators')),
    })
    assert.match(
      (await ada.post(raised.attribute('form[action^="/admin/log/"]', 'action') ?? '')).text,
      /equal or higher standing/,
    )
    await forum.db
      .updateTable('members')
      .set({ group_id: members })
      .where('id', 'in', [eve.id, ids[0] ?? 0])
      .execute()
    const kept = await ada.post('/admin/members/group', { member: [self, String(ids[0])], group })
    assert.match(kept.text, /One member is in the group Moderators now[\s\S]*only administrator/)
    await forum.db
      .updateTable('members')
      .set({ group_id: idOf('Administrators') })
      .where('id', '=', eve.id)
      .execute()

    const waits = await ada.post('/admin/members/approval', { member: [...member, String(forum.admin.id)] })
    assert.match(waits.text, /2 accounts wait for approval now/)
    assert.equal((await found('state=waiting')).length, 2)
    assert.match((await ada.post('/admin/members/group', { group })).text, /Nobody was chosen/)
    assert.match((await ada.get('/admin/log')).text, /2 accounts wait for approval now/)

    // Written to a file: only with the password, and so that no spreadsheet calculates.
    const csv = await ada.post('/admin/members.csv', { q: 'walker' })
    assert.match(String(csv.headers['content-type']), /text\/csv/)
    assert.equal(csv.headers['cache-control'], 'no-store')
    assert.equal(csv.html.trimEnd().split('\r\n').length, 102)
    const chosen = await ada.post('/admin/members.csv', { member: [String(id)] })
    assert.match(chosen.html.split('\r\n')[1] ?? '', /^\d+,"'=1\+2, ""the"" fox",/)
    assert.match((await ada.get('/admin/log')).text, /101 members were exported/)
    for (const { id: session, data } of await forum.db.selectFrom('sessions').select(['id', 'data']).execute()) {
      const later = JSON.stringify({ ...JSON.parse(data), confirmedAt: 0 })
      await forum.db.updateTable('sessions').set({ data: later }).where('id', '=', session).execute()
    }
    assert.match((await ada.post('/admin/members.csv', { q: 'walker' })).text, /Your password again/)
  },
)

forumOnBothDatabases(
  'an administrator gives a member another address, to be proven or as proven',
  async forum => {
    const bea = await forum.member('Bea')
    const ada = await forum.asAdmin()
    const path = `/admin/members/${bea.id}/email`
    assert.equal((await ada.post(path, { email: 'nonsense', proof: 'given' })).status, 422)
    assert.equal((await ada.post(path, { email: forum.admin.email, proof: 'given' })).status, 422)
    await ada.get(`/admin/members/${bea.id}`)
    const asked = await ada.press('Change address', { email: 'bea@elsewhere.example', proof: 'ask' })
    assert.match(asked.text, /A link was mailed to the new address of Bea/)
    const emailOf = async () =>
      (await forum.db.selectFrom('members').select('email').where('id', '=', bea.id).executeTakeFirstOrThrow()).email
    assert.equal(await emailOf(), bea.email)
    assert.equal((await forum.mails('bea@elsewhere.example')).length, 1)
    const given = await ada.post(path, { email: 'bea@new.example', proof: 'given' })
    assert.match(given.text, /is changed and counts as confirmed/)
    assert.equal(await emailOf(), 'bea@new.example')
    assert.match((await forum.mails(bea.email)).at(-1)?.text ?? '', /address/)
    const eve = await forum.member('Eve', { group: 'Administrators' })
    for (const id of [eve.id, forum.admin.id])
      assert.equal((await ada.post(`/admin/members/${id}/email`, { email: 'x@new.example' })).status, 403)
  },
  { mail: true },
)
