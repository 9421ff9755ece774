import type { Places } from '../ground/places.ts'
import type { Target } from '../load.ts'
import { browserHeaders, keepPage, plainHeaders } from '../visits.ts'
import { type Case, connections, type Scene, type ToReach } from './case.ts'

type Asked = { readonly name: string; readonly path: string; readonly uncached?: ToReach; readonly beside?: string }

function guestsPages({ forum, topic, deep }: Places): Asked[] {
  return [
    { name: 'guest: index', path: '/' },
    { name: 'guest: forum', path: forum },
    { name: 'guest: topic', path: topic, uncached: { share: 0.25 } },
    { name: 'guest: deep page', path: deep, beside: topic },
  ]
}

/** Each page of a guest made anew, from the cache, and when the browser has it already. */
export function guestCases({ url, places }: Scene): Case[] {
  const cases = guestsPages(places).flatMap(asked => threeWays(url, asked))
  return [...cases, firstVisitor(places)]
}

function threeWays(url: string, { name, path, uncached, beside }: Asked): Case[] {
  const keep = async () => void (await keepPage(url, path))
  return [
    {
      name: `${name} uncached`,
      page: path,
      target: read(path, passingTheCache),
      beside: beside === undefined ? undefined : read(beside, passingTheCache),
      toReach: uncached,
    },
    {
      name: `${name} cached`,
      page: path,
      target: read(path, browserHeaders),
      prepare: keep,
      isLight: true,
      toReach: { share: 4 },
    },
    knownPage(url, `${name} 304`, path),
  ]
}

/**
 * Counts of views and of who is online move now and then: then a browser gets the page anew, and asks about that one. What
 * is sent is put into bytes when that happens, not for each request, which would take longer than the answer.
 */
function knownPage(url: string, name: string, path: string): Case {
  let etag = ''
  let asking: Promise<void> | undefined
  const ask = async () => {
    etag = await keepPage(url, path)
    asking = undefined
  }
  const prepare = () => (asking ??= ask())
  const known = () => ({ ...browserHeaders, 'if-none-match': etag })
  const renew = async () => {
    await prepare()
    return known()
  }
  const target = {
    ...read(path, browserHeaders),
    get headers() {
      return known()
    },
    status: 304,
    rarely: { status: 200, renew },
  }
  return { name, page: path, target, prepare, isLight: true, toReach: { share: 5 } }
}

/**
 * The cache leaves requests that bring credentials alone, and nothing else looks at them: the page is made as for any
 * guest, and neither looked up, nor kept, nor compressed.
 */
export const passingTheCache = { ...plainHeaders, authorization: 'Basic Zm9ydW06YmVuY2g=' }

let hosts = 0

/** Where no address is set, the host is part of what a page is kept under: each request is the first for its page. */
function firstVisitor({ topic }: Places): Case {
  const differing = () => ({ headers: { host: `visitor-${++hosts}.bench.example` } })
  return {
    name: 'guest: topic for its first visitor',
    page: topic,
    target: { ...read(topic, { 'accept-encoding': 'gzip', 'accept-language': 'en' }), differing },
  }
}

/** The pages of members, who get them as they are. */
export function memberCases({ places: { forum, topic, deep }, cookies }: Scene): Case[] {
  const asMembers = (path: string): Target => ({
    ...read(path, plainHeaders),
    differing: cookies.map(cookie => ({ headers: { cookie } })),
  })
  const as = (name: string, path: string, more: Pick<Case, 'beside' | 'toReach'> = {}): Case => ({
    name: `member: ${name}`,
    page: path,
    cookie: cookies[0],
    target: asMembers(path),
    ...more,
  })
  return [
    as('index', '/'),
    as('forum', forum),
    as('topic', topic, { toReach: { share: 0.15 } }),
    as('deep page', deep, { beside: asMembers(topic) }),
  ]
}

function read(path: string, headers: Readonly<Record<string, string>>) {
  return { path, headers, status: 200, connections }
}
