import type { RawBuilder, Selectable } from 'kysely'
import { pathTo } from '../../../platform/slug.ts'
import {
  byRevision,
  type Db,
  type ForumsTable,
  type Given,
  type GuestPosting,
  hotQuery,
  type Tx,
} from '../../../platform/store/index.ts'
import { allGroups } from '../../groups/index.ts'
import { type Registration, settings } from '../../settings/index.ts'
import { type ForumNode, type ForumTree, type Prefix, prefixColours } from '../tree.ts'

type ForumRow = Selectable<ForumsTable>

/** Categories and forums in their order, kept in memory until one of them changes. */
export const forumTree: (db: Db) => Promise<ForumTree> = byRevision('shell', async db => {
  const rows = await db.selectFrom('forums').selectAll().orderBy('position').orderBy('id').execute()
  const guests = (await allGroups(db)).find(group => group.kind === 'guests')
  const { registration } = await settings(db)
  const prefixes = await prefixesOf(db)
  return growTree(rows, guests?.guest_posting ?? 'claim', registration, prefixes)
})

type Prefixes = readonly (Prefix & { readonly forumId: number })[]

async function prefixesOf(db: Db): Promise<Prefixes> {
  const rows = await db.selectFrom('prefixes').selectAll().orderBy('position').orderBy('id').execute()
  return rows.map(({ id, forum_id, name, colour }) => {
    const look = prefixColours.find(one => one === colour) ?? 'plain'
    return { id, name, colour: look, forumId: forum_id }
  })
}

function growTree(
  rows: readonly ForumRow[],
  guestPosting: GuestPosting,
  registration: Registration,
  prefixes: Prefixes,
): ForumTree {
  const byId = new Map<number, ForumNode>()
  const anybody = registration === 'open' || registration === 'approval'
  const invited = registration !== 'closed'
  const grow = (parent: ForumNode | null): ForumNode[] =>
    rows
      .filter(row => row.parent_id === (parent?.id ?? null))
      .map(row => {
        const children: ForumNode[] = []
        const node = {
          id: row.id,
          kind: row.kind,
          name: row.name,
          slug: row.slug,
          path: pathTo('forum', row.id, row.slug),
          description: row.description,
          parentId: row.parent_id,
          position: row.position,
          ownGuestPosting: row.guest_posting,
          guestPosting: offered(row.guest_posting ?? parent?.guestPosting ?? guestPosting, anybody),
          invitedPosting: offered(row.guest_posting ?? parent?.invitedPosting ?? guestPosting, invited),
          ...looksOf(row),
          prefixes: prefixes.filter(prefix => prefix.forumId === row.id),
          ancestors: parent ? [...parent.ancestors, parent] : [],
          children,
        }
        byId.set(node.id, node)
        children.push(...grow(node))
        return node
      })
  return { roots: grow(null), byId }
}

function looksOf(row: ForumRow) {
  const asks = row.asks === 1
  const drawing = row.kind === 'link' ? 'external-link' : asks ? 'circle-help' : 'messages-square'
  return {
    asks,
    ownIcon: row.icon,
    icon: row.icon ?? drawing,
    rules: row.rules,
    rulesHtml: row.rules_html,
    ownOrder: row.topic_order,
    order: row.topic_order ?? (asks ? 'newest' : 'last'),
    approval: row.approval,
    hasPassword: row.password_hash !== null,
    address: row.leads_to,
    prefixRequired: row.prefix_required === 1,
  } as const
}

/** Nobody is invited to post now and register later who could not register. */
function offered(way: GuestPosting, mayRegister: boolean): GuestPosting {
  return way === 'claim' && !mayRegister ? 'none' : way
}

export interface ForumCounters {
  readonly id: number
  readonly topic_count: number
  readonly post_count: number
  readonly last_post_id: number | null
}

/** What changes with every post, of these forums. */
export async function forumCounters(db: Db, ids: readonly number[]): Promise<ForumCounters[]> {
  return db
    .selectFrom('forums')
    .select(['id', 'topic_count', 'post_count', 'last_post_id'])
    .where('id', 'in', [...ids])
    .execute()
}

/** Adds to a forum's counters and makes its cached pages stale. */
export async function addToForum(tx: Tx, id: number, add: { topics: number; posts: number }): Promise<void> {
  await addCounts(tx, { id, ...add })
}

const addCounts = hotQuery((db, given: Given<{ id: number; topics: number; posts: number }>) =>
  db
    .updateTable('forums')
    .set(({ eb }) => ({
      topic_count: eb('topic_count', '+', given.topics),
      post_count: eb('post_count', '+', given.posts),
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', given.id),
)

/** The last public post of a forum as its topics say; null: it has none. */
export async function lastPublicPost(db: Db, forumId: number): Promise<number | null> {
  return (await lastPost.first(db, { forumId }))?.last_post_id ?? null
}

const lastPost = hotQuery((db, { forumId }: Given<{ forumId: number }>) => lastPostIn(db, forumId))

function lastPostIn(db: Db, forumId: RawBuilder<number>) {
  return db
    .selectFrom('topics')
    .select('last_post_id')
    .where('forum_id', '=', forumId)
    .where('hidden_at', 'is', null)
    .where('deleted_at', 'is', null)
    .where('pending_at', 'is', null)
    .orderBy('last_post_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
}

/** Finds the last public post of a forum anew. Whoever calls holds the forum's row: nobody's post comes in between. */
export async function refreshLastPost(tx: Tx, id: number): Promise<void> {
  await writeLastPost(tx, { id })
}

const writeLastPost = hotQuery((db, { id }: Given<{ id: number }>) =>
  db
    .updateTable('forums')
    .set(({ eb }) => ({ last_post_id: lastPostIn(db, id), revision: eb('revision', '+', 1) }))
    .where('id', '=', id),
)

/** Makes cached pages of these forums stale. */
export async function touchForums(tx: Tx, ids: readonly number[]): Promise<void> {
  await tx
    .updateTable('forums')
    .set(eb => ({ revision: eb('revision', '+', 1) }))
    .where('id', 'in', [...ids])
    .execute()
}
