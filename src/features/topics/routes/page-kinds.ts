import { idFrom, type PageKind } from '../../../platform/http/index.ts'
import { forumRevision, indexRevision } from '../queries/revisions.ts'
import { readForumView } from './forum-view.ts'

const indexKind: PageKind = {
  match: path => (path === '/' ? { key: 'index', revision: indexRevision } : null),
}

const forumKind: PageKind = {
  match(path, query) {
    const id = idFrom(/^\/forum\/([^/]+)\/$/.exec(path)?.[1])
    const asked = plainQuery(query)
    if (id === null || asked === null || !isPage(asked.page)) return null
    const { order, filter, prefix } = readForumView(asked, false)
    // Any number may stand there, and one that is no prefix's shows the same page.
    if (prefix !== null) return null
    const key = ['forum', asked.page ?? '1', order ?? 'own', filter].join(' ')
    return { key, revision: db => forumRevision(db, id) }
  },
}

/** null for a query that our parsers of queries might take differently; a page is never kept under a wrong name. */
export function plainQuery(query: URLSearchParams): Readonly<Record<string, string>> | null {
  const values = Object.fromEntries(query)
  return query.size <= 20 && Object.keys(values).length === query.size ? values : null
}

/** Whether `pageNumber` would take it. */
export function isPage(value: string | undefined): boolean {
  return value === undefined || /^[1-9]\d{0,6}$/.test(value)
}

/** The index and the pages of forums, as guests share them. */
export const topicsPageKinds: readonly PageKind[] = [indexKind, forumKind]
