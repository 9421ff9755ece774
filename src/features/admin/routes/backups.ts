import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { type Request, type Response, Router } from 'express'
import { type Message, msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, notify, readForm, withErrors } from '../../../platform/http/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import {
  askForBackup,
  backupsPage,
  beginRestore,
  findBackup,
  folderOf,
  type Kept,
  keepingOf,
  prospectOf,
  receiveBackup,
  rescheduleNightly,
  restoredPath,
  whyNot,
} from '../../backups/index.ts'
import { registry, type Settings, settings, settingsForm, settingsIn } from '../../settings/index.ts'
import { restoreForm } from '../forms.ts'
import { logNow } from './log.ts'
import { type AdminDeps, adminPage } from './page.ts'
import { saveSettings } from './settings.ts'

const here = '/admin/backups'

/** `/admin/backups`: copies of the whole forum, and the way back to one of them. */
export function backupRoutes({ db }: AdminDeps): Router {
  const router = Router()
  router.get('/backups', (req, res) => show(db, req, res, {}))

  router.post('/backups', async (req, res) => {
    const form = readForm(settingsForm('backups'), req.body)
    if (form.errors) return show(db, req, res.status(422), { form })
    await saveSettings(db, req, form.values as Partial<Settings>)
    await rescheduleNightly(db)
    res.redirect(303, here)
  })

  router.post('/backups/make', async (req, res) => {
    await inTransaction(db, askForBackup)
    notify(req, { kind: 'success', message: msg('backups.asked') })
    res.redirect(303, here)
  })

  router.post('/backups/upload', async (req, res) => {
    const sent = await receiveBackup(db, req)
    if (!('path' in sent)) {
      const why = 'why' in sent ? sent.why : msg('files.missing')
      return show(db, req, res.status(422), { uploadForm: withErrors(emptyForm(), { backup: why }) })
    }
    notify(req, { kind: 'success', message: msg('backups.taken', { name: sent.name }) })
    res.redirect(303, here)
  })

  router.get('/backups/:key/download', async (req, res) => sendBackup(db, req, res, await kept(db, req)))

  router.post('/backups/:key/delete', async (req, res) => {
    const { path, name } = await kept(db, req)
    await rm(path, { force: true })
    notify(req, { kind: 'success', message: msg('backups.deleted', { name }) })
    res.redirect(303, here)
  })

  router.get('/backups/:key/restore', (req, res) => restorePage(db, req, res, emptyForm()))
  router.post('/backups/:key/restore', (req, res) => restore(db, req, res))
  return router
}

function kept(db: Db, req: Request): Promise<Kept> {
  return findBackup(folderOf(keepingOf(db)), req.params.key)
}

type Forms = { readonly form?: FormView; readonly uploadForm?: FormView }

async function show(db: Db, req: Request, res: Response, forms: Forms): Promise<void> {
  await adminPage(req, res, 'backups', {
    room: 'backups',
    title: 'admin.backups',
    ...(await backupsPage(db)),
    fields: settingsIn('backups').map(key => ({ key, ...registry[key] })),
    values: await settings(db),
    form: emptyForm(),
    uploadForm: emptyForm(),
    noStore: true,
    ...forms,
  })
}

/** Streamed as it lies there; no cache between here and the administrator keeps any of it. */
async function sendBackup(db: Db, req: Request, res: Response, { name, path, bytes, whole }: Kept): Promise<void> {
  if (!whole) throw new NotFound()
  await logNow(db, req, msg('backups.downloaded', { name }))
  res.set({
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(bytes),
    'Content-Disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex',
  })
  await pipeline(createReadStream(path), res).catch(error => {
    // Whoever went away in the middle of a download is no fault of ours.
    if (!res.destroyed) throw error
  })
}

async function restorePage(db: Db, req: Request, res: Response, form: FormView, why?: Message): Promise<void> {
  const backup = await kept(db, req)
  const prospect = await prospectOf(db, backup)
  const refusal = prospect.can ? why : whyNot(prospect)
  await adminPage(req, refusal ? res.status(422) : res, 'restore', {
    room: 'backups',
    title: 'backups.restore_title',
    backup: { key: backup.key, name: backup.name, path: backup.path },
    contents: prospect.can ? prospect.contents : null,
    several: !prospect.can && prospect.why === 'several',
    refusal: refusal ?? null,
    form,
    noStore: true,
  })
}

async function restore(db: Db, req: Request, res: Response): Promise<void> {
  const form = readForm(restoreForm, req.body)
  if (form.errors) return restorePage(db, req, res.status(422), form)
  const backup = await kept(db, req)
  const prospect = await prospectOf(db, backup)
  if (!prospect.can) return restorePage(db, req, res, form)
  // The log goes the way of everything else, but stands in the copy that is made before.
  await logNow(db, req, msg('backups.restore_begun', { name: backup.name }))
  const id = await beginRestore(db, { backup, copyFirst: form.values.copy })
  if (id === null) return restorePage(db, req, res, form, msg('backups.busy'))
  res.redirect(303, restoredPath(id))
}
