import type { Request, Response } from 'express'
import { mayIn } from '../../members/index.ts'

/**
 * Sends whoever came to a page by another address, with an old title for one, to the page's own; says whether it did.
 * Browsers must not keep the answer: after a rename and its undo a kept one would lead in a circle.
 */
export function redirectToOwnPath(req: Request, res: Response, path: string): boolean {
  if (decoded(req.path) === decoded(path)) return false
  const mark = req.originalUrl.indexOf('?')
  const query = mark < 0 ? '' : req.originalUrl.slice(mark)
  res.set('Cache-Control', 'no-cache').redirect(301, path + query)
  return true
}

/** Addresses that differ only in how they are written are the same; `path` as it is, when it cannot be read. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** `/forum/12-news/?sort=views&page=3`: the first page and what is empty are not mentioned. */
export function pathOfPage(path: string, page: number, query: Readonly<Record<string, string | null>> = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== null) parameters.set(name, value)
  if (page > 1) parameters.set('page', String(page))
  return parameters.size ? `${path}?${parameters}` : path
}

/** Readable forums around something, outermost first, as the breadcrumb shows them. */
export function breadcrumbOf(
  req: Request,
  forums: readonly { readonly id: number; readonly path: string; readonly name: string }[],
): { href: string; text: string }[] {
  return forums.filter(({ id }) => mayIn(req.viewer, id, 'read')).map(({ path, name }) => ({ href: path, text: name }))
}
