import { type Request, type RequestHandler, Router } from 'express'
import { Conflict, Forbidden, Invalid, type Message, msg, NotFound, Refusal } from '../../../platform/errors.ts'
import { idFrom, idOf, notify, pageNumber, returnPath, type StoredNotice } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { undoChange } from '../log/change-settings.ts'
import { logDeed } from '../log/entry.ts'
import { logPage } from '../log/log-page.ts'
import { type AdminDeps, adminPage } from './page.ts'

/** Where everything that administrators did can be read. */
export const logPath = '/admin/log'

/** `/admin/log`: what administrators did, and the way back from changed settings. */
export function logRoutes({ db }: AdminDeps): Router {
  const router = Router()
  router.get('/log', async (req, res) => {
    const room = typeof req.query.room === 'string' && req.query.room !== '' ? req.query.room : null
    const filter = { room, by: idFrom(req.query.by), member: idFrom(req.query.member) }
    const log = await logPage(db, filter, pageNumber(req))
    if (log.page > log.pages) throw new NotFound()
    await adminPage(req, res, 'log', { room: 'log', title: 'admin.log', log })
  })

  router.post('/log/:id/undo', async (req, res) => {
    const { said, why } = await outcomeOf(undoChange(db, req.viewer, idOf(req)))
    passOver(req)
    if (why) notify(req, { kind: 'danger', message: labelled(req, why) })
    if (said) notify(req, { kind: 'success', message: said })
    res.redirect(303, returnPath(req, logPath))
  })
  return router
}

/** What was done, or what stands in its way. */
async function outcomeOf(undoing: Promise<Message>): Promise<{ readonly said?: Message; readonly why?: Message }> {
  try {
    return { said: await undoing }
  } catch (refused) {
    const stands = [Conflict, Forbidden, Invalid].some(kind => refused instanceof kind)
    if (stands && refused instanceof Refusal && refused.reason) return { why: refused.reason }
    throw refused
  }
}

function labelled(req: Request, { key, args = {} }: Message): Message {
  return msg(key, args.setting ? { setting: req.t(`settings.${args.setting}_label`) } : args)
}

const logged = new WeakSet<Request>()

/** What this request did stands in the log already, or belongs in none. */
export function passOver(req: Request): void {
  logged.add(req)
}

/**
 * Writes down whatever an administrator's form did, in the words in which they are told of it, before they are answered:
 * so that no form can be forgotten. What was refused, and what others had done before, leads to no such words.
 */
export function logDeeds(db: Db): RequestHandler {
  return (req, res, next) => {
    if (req.method !== 'POST' || !req.viewer.admin) return next()
    const before = new Set(idsOf(req.session?.notices))
    const redirect = res.redirect.bind(res) as (...how: unknown[]) => void
    res.redirect = (...how: unknown[]) => {
      writeDown(db, req, before).then(() => redirect(...how), next)
    }
    next()
  }
}

async function writeDown(db: Db, req: Request, before: ReadonlySet<string>): Promise<void> {
  const by = req.viewer.member?.id
  const told = (req.session?.notices ?? []).filter(({ id }) => !before.has(id))
  const message = told.length === 0 ? msg('admin.log_form') : told.find(({ kind }) => kind === 'success')?.message
  if (by === undefined || !message || logged.has(req)) return
  await logDeed(db, { by, path: pathOf(req), message })
}

function idsOf(notices: readonly StoredNotice[] = []): string[] {
  return notices.map(({ id }) => id)
}

/** Of the page, without what its address asked for. */
export function pathOf({ originalUrl }: Request): string {
  return originalUrl.split('?', 1)[0]?.slice(0, 200) ?? '/admin/'
}

/** For pages that answer a form without leading on: what was done. */
export async function logNow(db: Db, req: Request, message: Message): Promise<void> {
  passOver(req)
  await logDeed(db, { by: req.viewer.member?.id ?? 0, path: pathOf(req), message })
}
