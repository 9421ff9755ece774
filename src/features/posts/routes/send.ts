import type { Request, Response } from 'express'
import { Forbidden, Invalid, msg, type Refusal, SignInNeeded } from '../../../platform/errors.ts'
import { type Form, tellSent, withErrors } from '../../../platform/http/index.ts'
import type { WayToPost } from '../../forums/index.ts'
import { countWork } from '../flood.ts'
import type { Place } from '../places.ts'
import type { Alongside } from '../post-reply.ts'
import type { BoxForm } from '../reply-box.ts'
import { withEmbeds } from './embeds.ts'
import { carriedFrom, isAboutPlace, isPassing, showLost } from './lost.ts'
import type { GuestSubmission, WritingDeps } from './slots.ts'

/** What replies and new topics have of their own; the rest of answering such a form is the same. */
export interface Writing<V> {
  readonly form: Form<V>
  readonly way: WayToPost
  refusal(way: WayToPost): Refusal | null
  show(form: BoxForm, preview: { html: string; title?: string } | null): Promise<void>
  preview(values: V): Promise<{ html: string; title?: string }>
  /** Posts it; the address where it then stands. */
  send(values: V, alongside: Alongside): Promise<string>
  guest(way: 'claim' | 'named', values: V): GuestSubmission
}

type Sent = {
  readonly body: string
  readonly preview?: string
  readonly upload?: string
  readonly draft?: number
  readonly undecided?: string
}

/** A form with a member's number, sent by somebody who is not signed in (any more). */
export function hasSignedOut(req: Request): boolean {
  return req.viewer.member === null && typeof req.body?.submission === 'string'
}

/**
 * Answers a form that holds a text, and whatever happens nothing of it is lost: what can be corrected or sent again
 * later comes back in the form, what became of the place is told on a page with the text.
 */
export async function answerForm<V extends Sent>(
  deps: WritingDeps,
  req: Request,
  res: Response,
  place: Place,
  begin: () => Promise<Writing<V>> | Writing<V>,
): Promise<void> {
  try {
    const writing = await begin()
    await answer(deps, req, res, writing, place).catch(error => showAgain(res, writing, error))
  } catch (error) {
    const carried = carriedFrom(req, place)
    if (res.headersSent || !isAboutPlace(error) || carried.body.trim() === '') throw error
    if (error instanceof SignInNeeded) return deps.slots.askToSignIn(req, res, carried)
    await showLost(deps, req, res, carried, error)
  }
}

async function answer<V extends Sent>(
  deps: WritingDeps,
  req: Request,
  res: Response,
  writing: Writing<V>,
  place: Place,
): Promise<void> {
  const { form, way } = writing
  if (!way) return refuse(deps, req, res, writing, place)
  if (form.errors) {
    res.status(422)
    return writing.show(req.uploadFault ? withErrors(form, { ...form.errors, files: req.uploadFault }) : form, null)
  }
  const { values } = form
  if (req.uploadFault || values.upload !== undefined) return showUploads(req, res, writing)
  await countWork(deps.db, req.viewer, values.body, values.preview !== undefined)
  if (values.preview !== undefined) {
    return writing.show(form, await withEmbeds(deps.db, req, await writing.preview(values)))
  }
  if (way !== 'member') return deps.slots.guestSubmission(req, res, writing.guest(way, values))
  const { draft, undecided } = values
  const path = await writing.send(values, tx => deps.slots.dropSent(tx, req.viewer, { place, draft, undecided }))
  tellSent(res, place)
  res.redirect(303, path)
}

/** What was chosen stands in the text by now, or the form says why it could not be taken. */
function showUploads<V>({ uploadFault: fault }: Request, res: Response, { form, show }: Writing<V>): Promise<void> {
  if (!fault) return show(form, null)
  res.status(422)
  return show(withErrors(form, { files: fault }), null)
}

/** Whoever may not write here: a guest could sign in first, unless that would not help either. */
async function refuse<V>(deps: WritingDeps, req: Request, res: Response, writing: Writing<V>, place: Place) {
  const refusal = writing.refusal(req.viewer.member ? 'member' : 'claim') ?? new Forbidden()
  const wouldHelp = !req.viewer.member && refusal.status === 403
  if (wouldHelp) await deps.slots.askToSignIn(req, res, carriedFrom(req, place))
  else throw refusal
}

/** In the form again: what is wrong with it, or why it has to wait a while. Throws whatever else it was. */
async function showAgain<V>(res: Response, writing: Writing<V>, error: unknown): Promise<void> {
  const { form } = writing
  if (error instanceof Invalid) {
    res.status(422)
    return writing.show(withErrors(form, error.errors), null)
  }
  if (!isPassing(error)) throw error
  res.status(error.status).set('Retry-After', String(error.retryAfter))
  await writing.show(withErrors(form, { '': error.reason ?? msg('posts.try_again') }), null)
}
