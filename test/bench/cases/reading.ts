import type { Places } from '../ground/places.ts'
import { browserHeaders, keepPage, plainHeaders } from '../visits.ts'
import { type Case, connections, type Scene, type ToReach } from './case.ts'

type Asked = { readonly name: string; readonly path: string; readonly uncached?: ToReach }

function guestsPages({ forum, topic, deep }: Places): Asked[] {
  return [
    { name: 'guest: index', path: '/' },
    { name: 'guest: forum', path: forum },
    { name: 'guest: topic', path: topic, uncached: { share: 0.25 } },
    { name: 'guest: deep page', path: deep },
  ]
}

/** Each page of a guest made anew, from the cache, and when the browser has it already. */
export async function guestCases({ url, places }: Scene): Promise<Case[]> {
  const cases: Case[] = []
  for (const asked of guestsPages(places)) cases.push(...(await threeWays(url, asked)))
  return [...cases, firstVisitor(places)]
}

async function threeWays(url: string, { name, path, uncached }: Asked): Promise<Case[]> {
  const etag = await keepPage(url, path)
  const known = { ...browserHeaders, 'if-none-match': etag }
  return [
    { name: `${name} uncached`, page: path, target: read(path, passingTheCache), toReach: uncached },
    { name: `${name} cached`, page: path, target: read(path, browserHeaders), toReach: { share: 4 } },
    { name: `${name} 304`, page: path, target: { ...read(path, known), status: 304 }, toReach: { share: 5 } },
  ]
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
  const as = (name: string, path: string, toReach?: ToReach): Case => ({
    name: `member: ${name}`,
    page: path,
    cookie: cookies[0],
    target: { ...read(path, plainHeaders), differing: cookies.map(cookie => ({ headers: { cookie } })) },
    toReach,
  })
  return [as('index', '/'), as('forum', forum), as('topic', topic, { share: 0.15 }), as('deep page', deep)]
}

function read(path: string, headers: Readonly<Record<string, string>>) {
  return { path, headers, status: 200, connections }
}
