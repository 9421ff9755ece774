import { type OwnPlace, piecesOf, placeOf } from '../../../content/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { settings } from '../../settings/index.ts'
import { membersOfCards, revisionsOfPosts, revisionsOfTopics, textsWithLinks } from '../queries/cards.ts'
import { placesOnPage } from '../reading/paging.ts'

/** Pages of topics of which it is remembered where their texts lead. */
const mostKnown = 5000

type Known = { readonly own: string; readonly places: readonly OwnPlace[] }

/**
 * What a page's cards, as guests see them, are valid for, given the page's own revision. What a card says also stands on
 * the page that it leads to, so the revision of that page's topic covers it. To which pages a text leads can only change
 * with the page's own revision: so it is looked up once for each of those, and a page that leads nowhere then asks nothing.
 */
export function revisionsOfCards(): (db: Db, page: { topicId: number; page: number }, own: string) => Promise<string> {
  const pages = new Map<string, Known>()
  return async (db, { topicId, page }, own) => {
    const key = `${topicId} ${page}`
    const known = pages.get(key)
    const places = known?.own === own ? known.places : await placesLinked(db, topicId, page)
    if (pages.size >= mostKnown) pages.clear()
    pages.set(key, { own, places })
    return places.length === 0 ? '' : ` ${await revisionOf(db, places)}`
  }
}

/** Whatever looks like a page of a forum: whose it is depends on who asks. */
async function placesLinked(db: Db, topicId: number, page: number): Promise<OwnPlace[]> {
  const { posts_per_page: size } = await settings(db)
  const texts = await textsWithLinks(db, { topicId, ...placesOnPage(page, size) })
  const pieces = texts.flatMap(({ html }) => piecesOf(html) ?? [])
  return pieces.flatMap(({ href }) => (href && placeOf(href)?.place) || [])
}

async function revisionOf(db: Db, places: readonly OwnPlace[]): Promise<string> {
  const ask = async <Row>(kind: OwnPlace['kind'], rows: (db: Db, ids: number[]) => Promise<Row[]>) => {
    const ids = new Set(places.flatMap(place => (place.kind === kind ? place.id : [])))
    return ids.size > 0 ? rows(db, [...ids]) : []
  }
  const topics = await ask('topic', revisionsOfTopics)
  const posts = await ask('post', revisionsOfPosts)
  // What is said of members is covered by the shell's revision, but not that there is a new one.
  const members = await ask('member', membersOfCards)
  return [
    ...topics.map(({ id, revision }) => `t${id}:${revision}`),
    ...posts.map(({ id, topic_id, revision }) => `p${id}:${topic_id}:${revision}`),
    ...members.map(({ id }) => `m${id}`),
  ].join(' ')
}
