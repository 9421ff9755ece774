import { type Request, type Response, Router } from 'express'
import { type Message, msg, NotFound } from '../../../platform/errors.ts'
import { readLargeUpload } from '../../../platform/files/index.ts'
import { emptyForm, type FormView, mayComeSlowly, page, withErrors } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { isSetupToken } from '../../accounts/index.ts'
import { findBackup, listBackups } from '../folder/list.ts'
import { folderOf, keepingOf } from '../keeping.ts'
import { beginRestore, type Prospect, prospectOf, restoringOf } from '../restore.ts'
import { placeForUpload, takeUpload } from '../take-upload.ts'

/** Where whoever sets a forum up sends a backup. */
export const backupUploads: readonly RegExp[] = [/^\/setup\/restore\/?$/i]

const here = '/setup/restore'

/** Bringing a backup back instead of setting a new forum up, and the page that says how it goes. */
export function backupsRouter({ db }: { readonly db: Db }): Router {
  const router = Router()
  router.get(here, async (req, res) => {
    await demandToken(db, req.query.token)
    await show(db, req, res, emptyForm(), String(req.query.token))
  })
  router.post(here, (req, res) => restoreInstead(db, req, res))
  router.get('/setup/restored/:id', async (req, res) => {
    const restoring = await restoringOf(db, req.params.id)
    if (!restoring) throw new NotFound()
    if (restoring.result === 'under_way') res.set('Refresh', '3')
    const title = req.t('backups.restored')
    await page(res, 'backups/restored', {
      meta: { title, noindex: true, noStore: true, narrow: true },
      title,
      restoring,
    })
  })
  return router
}

/** Where it is read how bringing a backup back goes; whoever has its number may, signed in or not. */
export function restoredPath(id: string): string {
  return `/setup/restored/${id}`
}

async function demandToken(db: Db, token: unknown): Promise<void> {
  if (!(await isSetupToken(db, token))) throw new NotFound()
}

/** The token stands in the address: a form of gigabytes is not read before that is looked at. */
async function restoreInstead(db: Db, req: Request, res: Response): Promise<void> {
  const { token } = req.query
  await demandToken(db, token)
  const refuse = (message: Message) =>
    show(db, req, res.status(422), withErrors(emptyForm(), { backup: message }), String(token))
  const chosen = await chooseBackup(db, req)
  if ('why' in chosen) return refuse(chosen.why)
  const id = await beginRestore(db, { backup: chosen, copyFirst: false })
  if (id === null) return refuse(msg('backups.busy'))
  res.redirect(303, restoredPath(id))
}

type Chosen = { readonly name: string; readonly path: string } | { readonly why: Message }

/** What was sent, or picked from those that lie there, if it can be brought back. */
async function chooseBackup(db: Db, req: Request): Promise<Chosen> {
  const sent = await receiveBackup(db, req)
  const backup = 'listed' in sent ? await findBackup(folderOf(keepingOf(db)), sent.listed) : sent
  if ('why' in backup) return backup
  const prospect = await prospectOf(db, backup)
  return prospect.can ? backup : { why: whyNot(prospect) }
}

/** Keeps a backup that comes with this form. */
export async function receiveBackup(db: Db, req: Request): Promise<Chosen | { readonly listed: string }> {
  mayComeSlowly(req)
  const { path, maxBytes } = await placeForUpload(db)
  const { body, bytes, fault } = await readLargeUpload(req, { field: 'backup', maxBytes, path })
  if (fault) return { why: fault }
  if (bytes === null && typeof body.listed === 'string' && body.listed !== '') return { listed: body.listed }
  if (bytes === null) return { why: msg('files.missing') }
  const taken = await takeUpload(path)
  return 'fault' in taken ? { why: msg('backups.refused', { reason: taken.fault }) } : taken
}

const megabyte = 1024 ** 2

/** Why a backup cannot be brought back, as a sentence. */
export function whyNot(prospect: Extract<Prospect, { can: false }>): Message {
  switch (prospect.why) {
    case 'damaged':
      return msg('backups.refused', { reason: prospect.fault })
    case 'several':
      return msg('backups.several', { count: prospect.others })
    case 'room': {
      const { need, free } = prospect.room
      return msg('backups.no_room', { need: Math.ceil(need / megabyte), free: Math.floor(free / megabyte) })
    }
  }
}

async function show(db: Db, req: Request, res: Response, form: FormView, token: string): Promise<void> {
  const title = req.t('backups.set_up')
  await page(res, 'backups/set-up', {
    meta: { title, noindex: true, noStore: true, narrow: true },
    title,
    form,
    token,
    backups: (await listBackups(folderOf(keepingOf(db)))).filter(({ whole }) => whole),
  })
}
