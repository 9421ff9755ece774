import type { Request, Response } from 'express'
import { type Carried, carriedOf, isSamePlace, type Place } from '../carried.ts'
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

/**
 * What was typed for this place before signing in. It stays for an hour, so that a page that is loaded again still shows
 * it, or until dropCarried.
 */
export function takeCarried(req: Request, place: Place): Carried | null {
  const carried = anyCarried(req)
  return carried && isSamePlace(carried.place, place) ? carried : null
}

/** What was typed, whatever for. */
export function anyCarried(req: Request): Carried | null {
  const carried = req.session?.carried
  return carried && Date.now() - carried.at < keptMs ? carried : null
}

/** It was sent, or thrown away. */
export function dropCarried(req: Request): void {
  if (req.session) req.session.carried = undefined
}

/** Whether this is not a form that was filled in but the way to it, with a text to be kept. */
export function isAskingFor(req: Request, ...fields: string[]): boolean {
  return fields.every(field => req.body?.[field] === undefined)
}

export type Respond = (req: Request, res: Response) => Promise<void>
