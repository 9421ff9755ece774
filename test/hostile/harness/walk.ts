import { registry } from '../../../src/features/moderation/registry.ts'
import type { Visitor } from '../../support/index.ts'
import { type Answer, type Ask, cookiesOf } from './ask.ts'
import type { House } from './house.ts'
import type { Route, Routes } from './routes.ts'
import type { Secrets } from './secrets.ts'

/** What may stand in the places of a path, by what stands before it. */
type Fillings = (before: string, name: string) => readonly (string | number)[]

export type Visitors = ReadonlyMap<string, Visitor>

export type Visit = { readonly who: string; readonly path: string; readonly answer: Answer }

/** Every path that a route answers, with whatever there is in its places. */
export function pathsOf({ path }: Route, fillings: Fillings): string[] {
  const place = /:(\w+)/.exec(path)
  if (!place) return [path]
  const before = path.slice(0, place.index)
  return fillings(before, place[1] ?? '').flatMap(value =>
    pathsOf({ method: 'GET', path: before + value + path.slice(place.index + place[0].length) }, fillings),
  )
}

/** Ids where a kind of thing is known by what stands before, every id there is where it is not, and secrets that open nothing. */
export function fillingsOf(house: House, secrets: Secrets, { onlyHidden = false } = {}): Fillings {
  const shown = (id: number) => (onlyHidden ? [] : [id])
  const everyone = Object.values(house.people).map(({ id }) => id)
  const ids: Readonly<Record<string, readonly number[]>> = {
    '/topic/': [...shown(house.topicId), ...secrets.topics],
    '/post/': [...shown(house.postId), ...secrets.posts],
    '/forum/': [...shown(house.forumId), ...secrets.forums],
    '/profile/': everyone,
    '/drafts/': secrets.drafts,
    '/account/data/': secrets.exports,
    '/attachment/': secrets.attachments,
    '/account/files/': secrets.attachments,
    '/modcp/reports/': [1, 2, 3],
    '/admin/forums/': secrets.forums.slice(0, 1),
    '/admin/members/': everyone.slice(1, 3),
  }
  const any = [...new Set(Object.values(ids).flat()), 1, 2]
  const words: Readonly<Record<string, readonly string[]>> = {
    secret: ['s'.repeat(43), 'x'],
    group: ['general', 'mail', 'spam', 'accounts', 'nothing'],
    name: ['terms', 'contact', 'nothing', '..%2f..%2fpackage.json'],
    file: ['nothing.css', '..%2f..%2fpackage.json', '.%2e%2fmanifest.json'],
    version: ['1', '99'],
    what: ['handle', 'nothing'],
  }
  return (before, name) => {
    if (before.startsWith('/admin/')) return name === 'id' ? (ids[before] ?? [1, 2]) : (words[name] ?? ['1', 'nothing'])
    return (name === 'id' ? ids[before] : words[name]) ?? any
  }
}

/** Values for a query parameter, with what has to stand beside it for it to matter. */
export function variantsOf(name: string, house: House, secrets: Secrets): string[] {
  const { canaries, posts, topics, forums, drafts } = secrets
  const acts = registry.map(act => `${name}=${act.name}`)
  const each = (values: readonly (string | number)[], beside = '') => values.map(value => `${beside}${name}=${value}`)
  const known: Readonly<Record<string, () => string[]>> = {
    page: () => each(['2', '9', '0', 'abc']),
    sort: () => each(['replies', 'views', 'created', 'x']),
    filter: () => each(['unread', 'unanswered', 'own', 'x']),
    do: () => each(['getNewComment', 'getLastComment', 'findComment']),
    comment: () => each(posts, 'do=findComment&'),
    quote: () => each(posts),
    draft: () => each(drafts),
    entry: () => each(posts),
    forum: () => each(forums),
    parent: () => each(forums),
    by: () => each(Object.values(house.people).map(({ id }) => id)),
    q: () => each([canaries[0]?.word ?? '', '%25', "'"]),
    return: () => each(['%2Fmodcp%2F', `%2Ftopic%2F${topics[0]}`]),
    back: () => each(['%2Fmodcp%2F']),
    act: () => acts.map(act => `${act}&post=${posts[3]}&topic=${topics[1]}`),
    post: () => each(posts, 'act=hide&'),
    topic: () => each(topics, 'act=hide&'),
    edit: () => each([house.postId], 'act=approve&'),
  }
  return (known[name] ?? (() => each(['1', 'x'])))()
}

export type Walk = {
  readonly ask: Ask
  readonly routes: Routes
  readonly house: House
  readonly secrets: Secrets
}

/** What shows what the house is made of, and nothing of what is in it. */
const bare = /^\/(styleguide|build|files)/

/** To the administration they are what Mia is. */
const alike: ReadonlySet<string> = new Set(['Bea', 'Carl', 'Emil', 'Fay'])

/**
 * Goes to every page that the router knows as everybody: to each path, and, as those whom `askers` names, again with each
 * query parameter that a first visit was seen to look at.
 */
export async function walkEverywhere(walk: Walk, visitors: Visitors, askers: readonly string[]): Promise<Visit[]> {
  const { routes, house, secrets } = walk
  const fillings = fillingsOf(house, secrets)
  const visits: Visit[] = []
  for (const route of routes.of('GET').filter(({ path }) => !bare.test(path))) {
    const paths = await ownPaths(walk, pathsOf(route, fillings), visitors)
    const comers = route.path.startsWith('/admin')
      ? new Map([...visitors].filter(([who]) => !alike.has(who)))
      : visitors
    for (const path of paths) visits.push(...(await goAs(walk.ask, comers, path)))
    const names = new Set(paths.flatMap(path => routes.readAt('GET', path)))
    const some = new Map([...visitors].filter(([who]) => askers.includes(who)))
    for (const query of [...names].flatMap(name => variantsOf(name, house, secrets))) {
      visits.push(...(await goAs(walk.ask, some, `${paths[0]}?${query}`)))
    }
  }
  return visits
}

/** All of them at once. */
export function goAs(ask: Ask, visitors: Visitors, path: string): Promise<Visit[]> {
  const asked = [...visitors].map(async ([who, visitor]): Promise<Visit> => {
    const cookie = cookiesOf(visitor)
    return { who, path, answer: await ask(path, cookie ? { cookie } : {}) }
  })
  return Promise.all(asked)
}

/** Before each, the address with a slug to which it leads whoever sees everything: there the page is, and its query is read. */
async function ownPaths({ ask }: Walk, paths: readonly string[], visitors: Visitors): Promise<string[]> {
  const all = [...visitors.values()].at(-1)
  const both = paths.map(async path => {
    const { status, headers } = await ask(path, all ? { cookie: cookiesOf(all) } : {})
    return status === 301 && headers.location ? [new URL(headers.location, 'http://forum').pathname, path] : [path]
  })
  return (await Promise.all(both)).flat()
}
