import assert from 'node:assert/strict'
import type { Db } from '../../../src/platform/store/index.ts'
import type { Person } from '../../support/index.ts'
import { cookiesOf } from '../harness/ask.ts'
import { type Press, presses, raceOnBothDatabases, winnersOf } from '../harness/race.ts'

raceOnBothDatabases(
  'two administrators step back, leave and act on each other all at once, and one stays',
  async ({ forum, atOnce }) => {
    const bea = await forum.member('Bea', { group: 'Administrators' })
    const both = [
      { person: forum.admin, other: bea, cookie: cookiesOf(await forum.asAdmin()) },
      { person: bea, other: forum.admin, cookie: cookiesOf(await forum.asMember('Bea')) },
    ]
    const members = await forum.db.selectFrom('groups').select('id').where('kind', '=', 'members').executeTakeFirst()
    const group = String(members?.id)
    const ways = (one: Person, another: Person): Pick<Press, 'path' | 'fields'>[] => [
      { path: `/admin/members/${one.id}/group`, fields: { group } },
      { path: '/account/delete/', fields: { password: one.password, posts: 'keep' } },
      { path: `/admin/members/${another.id}/group`, fields: { group } },
      {
        path: `/admin/members/${another.id}/delete`,
        fields: { password: one.password, posts: 'keep', when: 'now', confirm: '1' },
      },
    ]
    const answers = await atOnce(
      presses(n => {
        const { person, other, cookie } = both[n % 3 === 0 ? 0 : 1] as (typeof both)[0]
        return { ...(ways(person, other)[n % 4] as Press), cookie }
      }),
    )
    // Whoever stepped back or left meanwhile finds no administration any more, or is asked to sign in.
    const winners = winnersOf(answers, [403, 404, 422, 429, 503])
    assert.ok(winners.length > 0)
    const left = await administrators(forum.db)
    assert.equal(left.length, 1)
    const stayed = both.find(({ person }) => person.id === left[0]?.id)
    const last = await forum.asGuest()
    await forum.signIn(last, stayed?.person as Person)
    assert.equal((await last.get('/admin/')).status, 200)
  },
)

async function administrators(db: Db) {
  return db
    .selectFrom('members')
    .innerJoin('groups', 'groups.id', 'members.group_id')
    .select('members.id')
    .where('groups.kind', '=', 'administrators')
    .where('leaving_at', 'is', null)
    .where('deleted_at', 'is', null)
    .execute()
}
