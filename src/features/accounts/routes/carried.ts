import type { Request, RequestHandler } from 'express'
import type { Carried, Place } from '../../posts/index.ts'
import { carriedOf } from '../carried.ts'
import { carriedForm } from '../forms.ts'
import type {} from './session-data.ts'

/** A text that is not taken up is forgotten after this time. */
const keptMs = 60 * 60 * 1000

/** What the fields of this request carry; null when that is nothing. */
export function readCarried(req: Request): Carried | null {
  return carriedOf(carriedForm.parse(req.body ?? {}))
}

/** Keeps it in the session, for the reply box of the page that comes next. */
export function keepCarried(req: Request, carried: Carried): void {
  req.session.carried = { ...carried, at: Date.now() }
}

/** What was typed for this place before signing in; also when the page that shows it is loaded again. */
export function carriedText(req: Request, place: Place): Carried | null {
  const carried = anyCarried(req)
  return carried?.place === place ? carried : null
}

/** What was typed, whatever for. */
export function anyCarried(req: Request): Carried | null {
  const carried = req.session?.carried
  return carried && Date.now() - carried.at < keptMs ? carried : null
}

/** It was sent, or is not wanted any more. */
export function dropCarried(req: Request): void {
  if (req.session) req.session.carried = undefined
}

const writingPath = /^\/(topic|forum|post)\/(\d+)(?:[^/\d][^/]*)?\/(?:reply|new-topic|edit)\/?$/

/** Lets go of a text as soon as the form with it arrives: from then on whoever answers the form takes care of it. */
export const releaseCarried: RequestHandler = (req, _res, next) => {
  const [, kind, id] = (req.method === 'POST' && req.session?.carried && writingPath.exec(req.path)) || []
  if (kind && req.session.carried?.place === `${kind}:${id}`) dropCarried(req)
  next()
}

/** Whether this is not a form that was filled in but the way to it, with a text to be kept. */
export function isAskingFor(req: Request, ...fields: string[]): boolean {
  return fields.every(field => req.body?.[field] === undefined)
}
