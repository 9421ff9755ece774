import type { Request, Response } from 'express'
import { type Message, msg, Refusal, TooMany, Unavailable } from '../../../platform/errors.ts'
import { idFrom, page, tellSent } from '../../../platform/http/index.ts'
import { type Place, readingPath } from '../places.ts'
import type { Carried, LostText, WritingDeps } from './slots.ts'

/** What a form typed, in so far as it would be a loss; whatever else the form holds. */
export function carriedFrom(req: Request, place: Place): Carried {
  const { title, prefix, body, format } = (req.body ?? {}) as Record<string, unknown>
  return {
    place,
    title: typeof title === 'string' ? title : null,
    prefix: idFrom(prefix) ?? null,
    body: typeof body === 'string' ? body : '',
    format: format === 'html' ? 'html' : 'markdown',
  }
}

/** Refusals that are about the place, not about what was typed or how busy we are. */
export function isAboutPlace(error: unknown): error is Refusal {
  return error instanceof Refusal && error.status < 422
}

/** Refusals that pass: the same form may be sent again later. */
export function isPassing(error: unknown): error is TooMany | Unavailable {
  return error instanceof TooMany || error instanceof Unavailable
}

/** Says what happened to the place and gives the text back; a member's is kept as a draft too. */
export async function showLost(
  { slots }: WritingDeps,
  req: Request,
  res: Response,
  carried: Carried,
  refusal: Refusal,
): Promise<void> {
  const reason = refusal.reason ?? msg(refusal.status === 410 ? 'posts.lost_deleted' : 'posts.lost_out_of_reach')
  const lost = lostText(carried, reason, req.body?.undecided !== undefined)
  const kept = lost !== null && req.viewer.member !== null && (await slots.keepLost(req.viewer, lost))
  if (kept) tellSent(res, carried.place)
  const isThere = refusal.status === 403 || refusal.status === 409
  await lostPage(req, res.status(refusal.status), carried, { reason, kept, isThere })
}

interface Shown {
  readonly reason: Message
  readonly kept: boolean
  /** The place can still be read. */
  readonly isThere: boolean
}

async function lostPage(req: Request, res: Response, carried: Carried, shown: Shown): Promise<void> {
  await page(res, 'posts/lost', {
    meta: { title: req.t('posts.lost_heading'), noindex: true, noStore: true, narrow: true },
    reason: shown.reason,
    kept: shown.kept,
    title: carried.title,
    body: carried.body,
    links: waysOn(req, carried.place, shown),
  })
}

function waysOn(req: Request, place: Place, { isThere }: Shown) {
  const ways = [{ href: '/', text: req.t('posts.to_index') }]
  if (isThere) ways.unshift({ href: readingPath(place), text: req.t('posts.back') })
  return ways.map((way, index) => ({ ...way, primary: index === 0 }))
}

/** The edit of a post is no text of its own and makes no draft. */
function lostText(carried: Carried, reason: Message, isUndecided: boolean): LostText | null {
  const { place, title, prefix, body, format } = carried
  const [kind, id] = place.split(':')
  if (kind === 'post' || body.trim() === '') return null
  const at = kind === 'topic' ? { topicId: Number(id), forumId: null } : { topicId: null, forumId: Number(id) }
  const heading = kind === 'forum' ? { title, prefix } : { title: null, prefix: null }
  return { ...at, ...heading, body, format, reason: reason.key, isUndecided }
}
