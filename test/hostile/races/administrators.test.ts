import assert from 'node:assert/strict'
import type { Db } from '../../../src/platform/store/index.ts'
import type { Person, TestForum } from '../../support/index.ts'
import { cookiesOf } from '../harness/ask.ts'
import { few, type Press, presses, raceOnBothDatabases, winnersOf } from '../harness/race.ts'

type Doing = Pick<Press, 'path' | 'fields'>
type Way = (one: Person, another: Person) => Doing

raceOnBothDatabases(
  'two administrators step back, leave and act on each other all at once, and one stays',
  async ({ forum, crowd, atOnce }) => {
    const { db } = forum
    const both = [forum.admin, await forum.member('Bea', { group: 'Administrators' })] as const
    const group = String((await groupOf(db, 'members')).id)
    const stepBack: Way = one => ({ path: `/admin/members/${one.id}/group`, fields: { group } })
    const leave: Way = one => ({ path: '/account/delete/', fields: { password: one.password, posts: 'keep' } })
    const demote: Way = (_one, another) => ({ path: `/admin/members/${another.id}/group`, fields: { group } })
    const remove: Way = ({ password }, another) => ({
      path: `/admin/members/${another.id}/delete`,
      fields: { password, posts: 'keep', when: 'now', confirm: '1' },
    })
    for (const [ways, count] of [
      [[stepBack], crowd],
      [[leave], few],
      [[stepBack, leave, demote, remove], few],
    ] as [Way[], number][]) {
      await restore(db)
      const cookies = [await signedIn(forum, both[0]), await signedIn(forum, both[1])]
      const answers = await atOnce(
        presses(n => {
          const [one, another] = n % 2 === 0 ? [both[0], both[1]] : [both[1], both[0]]
          const way = ways[(n >> 1) % ways.length] as Way
          return { ...way(one, another), cookie: cookies[n % 2] ?? '' }
        }, count),
      )
      // Whoever stepped back or left meanwhile finds no administration any more, or is asked to sign in.
      const winners = winnersOf(answers, [403, 404, 422, 429, 503])
      assert.ok(winners.length > 0)
      const left = await administrators(db)
      assert.equal(left.length, 1)
      const last = forum.asGuest()
      await forum.signIn(last, both.find(({ id }) => id === left[0]?.id) as Person)
      assert.equal((await last.get('/admin/')).status, 200)
    }
  },
)

async function signedIn(forum: TestForum, person: Person): Promise<string> {
  const visitor = forum.asGuest()
  await forum.signIn(visitor, person)
  return cookiesOf(visitor)
}

function groupOf(db: Db, kind: 'members' | 'administrators') {
  return db.selectFrom('groups').select('id').where('kind', '=', kind).executeTakeFirstOrThrow()
}

/** Both administer the forum again. */
async function restore(db: Db): Promise<void> {
  const { id: group_id } = await groupOf(db, 'administrators')
  await db.updateTable('members').set({ group_id, leaving_at: null, leaving_posts: null }).execute()
  await db.deleteFrom('rate_limits').execute()
}

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
