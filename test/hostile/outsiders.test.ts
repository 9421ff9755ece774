import assert from 'node:assert/strict'
import { forumOnBothDatabases } from '../support/index.ts'
import { asker } from './harness/ask.ts'
import { differences, dumpOf } from './harness/dump.ts'
import { everybody, publicHouse } from './harness/house.ts'
import { looksOf } from './harness/looks.ts'
import { Routes } from './harness/routes.ts'
import { type Canary, plantSecrets, type Secrets } from './harness/secrets.ts'
import { goAs, type Visit, type Visitors, walkEverywhere } from './harness/walk.ts'

forumOnBothDatabases(
  'What is hidden shows on no page, moves no count, and reading changes nothing',
  async (forum, t) => {
    const house = await publicHouse(forum)
    const [ask, routes] = [asker(t, forum), new Routes(forum)]
    const isThorough = forum.store.kind === 'sqlite' || process.env.STOA_LONG === '1'
    const everyone = await everybody(house)
    const visitors = isThorough ? everyone : only(everyone, ['guest'])
    const others = only(everyone, ['guest', 'Carl', 'Mia'])
    await looksOf({ ask, routes, house }, others)
    const looks = await looksOf({ ask, routes, house }, others)
    const secrets = await plantSecrets(house)
    const now = await looksOf({ ask, routes, house }, others)
    assert.ok(looks.size > 100)
    assert.deepEqual(changesIn(looks, now), [])

    const before = await dumpOf(forum.db)
    const askers = isThorough ? ['guest', 'Bea'] : []
    const visits = await walkEverywhere({ ask, routes, house, secrets }, visitors, askers)
    for (const path of secrets.links) visits.push(...(await goAs(ask, only(everyone, ['Carl']), path)))
    assert.deepEqual(differences(before, await dumpOf(forum.db)), [])
    assert.deepEqual(visits.filter(({ answer }) => answer.status >= 500).map(nameOf), [])
    const walked = visits.filter(({ path }) => !secrets.links.includes(path))
    assert.deepEqual(leaksIn(walked, secrets), [])
    assert.deepEqual(notFoundIn(walked, secrets, visitors), [])
  },
)

/** The lines of pages that say something else than before. */
function changesIn(looks: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  return [...looks].flatMap(([page, look]) => {
    const before = new Set(look.split('\n'))
    const other = (now.get(page) ?? '').split('\n').filter(line => !before.has(line))
    return look === now.get(page) ? [] : [`${page}: ${other.join(' ') || 'less than before'}`]
  })
}

/** Where somebody came upon a word that is not theirs. */
function leaksIn(visits: readonly Visit[], { canaries }: Secrets): string[] {
  return visits
    .filter(({ who }) => who !== 'Ada')
    .flatMap(visit =>
      wordsIn(visit, canaries)
        .filter(({ owner }) => owner !== visit.who)
        .map(({ word }) => `${word}: ${nameOf(visit)}`),
    )
}

/** What nobody came upon who may: there the walk has not been, and would find nothing if it leaked. */
function notFoundIn(visits: readonly Visit[], { canaries }: Secrets, visitors: Visitors): string[] {
  const found = new Set(visits.flatMap(visit => wordsIn(visit, canaries).map(({ word }) => `${word} ${visit.who}`)))
  return canaries.flatMap(({ word, owner, buried }) => {
    const seers = [...(buried ? [] : ['Ada']), ...(owner ? [owner] : [])]
    return seers
      .filter(who => visitors.has(who))
      .map(who => `${word} ${who}`)
      .filter(sight => !found.has(sight))
  })
}

const anyWord = /zq[a-z]+qz|203\.0\.113\.\d+/g

function wordsIn({ path, answer }: Visit, canaries: readonly Canary[]): Canary[] {
  const said = new Set(`${JSON.stringify(answer.headers)}${answer.body}`.match(anyWord))
  return canaries.filter(({ word }) => said.has(word) && !path.includes(word))
}

function only(visitors: Visitors, names: readonly string[]): Visitors {
  return new Map([...visitors].filter(([who]) => names.includes(who)))
}

function nameOf({ who, path, answer }: Visit): string {
  return `${path} (${answer.status}) as ${who}`
}
