import assert from 'node:assert/strict'
import { linkTo, signedInAs } from '../features/accounts/letters.ts'
import { forumOnBothDatabases, type Person, type TestForum, type Visitor } from '../support/index.ts'

const login = 'Bea'

/** Somebody who signs in, to be remembered. */
async function signsIn(forum: TestForum, { password }: Pick<Person, 'password'>): Promise<Visitor> {
  const visitor = forum.asGuest()
  await visitor.post('/login/', { login, password, remember: '1' })
  assert.equal(await signedInAs(visitor), true)
  return visitor
}

/** Browsers with cookies that somebody copied: all of them, those of the session alone, and what remembers alone. */
function copiesOf(forum: TestForum, visitor: Visitor): Visitor[] {
  return [/session|remember|known/, /session/, /remember/].map(kept => {
    const copy = forum.asGuest()
    for (const [name, value] of Object.entries(visitor.cookies())) if (kept.test(name)) copy.setCookie(name, value)
    return copy
  })
}

async function whoGetIn(visitors: readonly Visitor[]): Promise<number> {
  let count = 0
  for (const visitor of visitors) if (await signedInAs(visitor)) count++
  return count
}

forumOnBothDatabases(
  'cookies that were copied open nothing after signing out, a new password, or a reset',
  async forum => {
    const person = await forum.member(login)
    const fresh = ['nine herons on the weir', 'ten otters under ice', 'eleven owls in a barn']
    assert.equal(await whoGetIn(copiesOf(forum, await signsIn(forum, person)).slice(1)), 2, 'copies do open it before')

    const here = await signsIn(forum, person)
    const copies = copiesOf(forum, here)
    await here.post('/logout/')
    assert.equal(await whoGetIn([here, ...copies]), 0)

    const [there, mine] = [await signsIn(forum, person), await signsIn(forum, person)]
    const [theirs, before] = [copiesOf(forum, there), copiesOf(forum, mine)]
    const change = { password: person.password, new_password: fresh[0] ?? '' }
    await mine.post('/account/password/', change)
    assert.equal(await signedInAs(mine), true)
    assert.equal(await whoGetIn([there, ...theirs, ...before]), 0)

    const stays = await signsIn(forum, { password: fresh[0] ?? '' })
    const stolen = copiesOf(forum, stays)
    await forum.asGuest().post('/recover/', { login })
    await forum.asGuest().post(await linkTo(forum, person.email, 'reset'), { new_password: fresh[1] ?? '' })
    assert.equal(await whoGetIn([stays, mine, ...stolen]), 0)
    assert.equal(await signedInAs(await signsIn(forum, { password: fresh[1] ?? '' })), true)
  },
  { mail: true },
)

forumOnBothDatabases(
  'an id of a session that somebody planted or kept is worth nothing after signing in',
  async forum => {
    const person = await forum.member(login)
    const carl = await forum.asMember('Carl')
    const planted = carl.cookie('stoa_session') ?? ''
    const victim = forum.asGuest()
    victim.setCookie('stoa_session', planted)
    await victim.post('/login/', { login, password: person.password })
    const given = victim.cookie('stoa_session')
    assert.notEqual(given, planted)
    const attacker = forum.asGuest()
    attacker.setCookie('stoa_session', planted)
    assert.equal(await signedInAs(attacker), false)
    await victim.post('/login/', { login, password: person.password })
    assert.notEqual(victim.cookie('stoa_session'), given)
    const late = forum.asGuest()
    late.setCookie('stoa_session', given ?? '')
    assert.equal(await signedInAs(late), false)
  },
)
