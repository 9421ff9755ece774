import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Request, type Response, Router } from 'express'
import { msg, SignInNeeded } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, page, readForm, submit } from '../../../platform/http/index.ts'
import { accountMeta } from '../../accounts/index.ts'
import type { ViewerMember } from '../../members/index.ts'
import { canSendMail, settings } from '../../settings/index.ts'
import { askForExport } from '../exports/ask-for-export.ts'
import { listExports } from '../exports/data-page.ts'
import { findExport } from '../exports/find-export.ts'
import { exportDays } from '../exports/purge-exports.ts'
import { noFields } from '../forms.ts'
import type { PrivacyDeps } from './deps.ts'

/** `/account/data/`: everything stored about a member, as a file. */
export function dataRoutes({ db }: PrivacyDeps): Router {
  const router = Router()

  const dataPage = async (req: Request, res: Response, form: FormView) => {
    await page(res, 'privacy/data', {
      meta: accountMeta(req, 'privacy.data'),
      form,
      exports: await listExports(db, req.viewer),
      days: exportDays,
      mails: canSendMail(await settings(db)),
    })
  }

  router.get('/account/data', async (req, res) => {
    demandMember(req)
    await dataPage(req, res, emptyForm())
  })

  router.post('/account/data', async (req, res) => {
    const { id } = demandMember(req)
    const { done, form } = await submit(readForm(noFields, req.body), () => askForExport(db, id, id))
    if (form) return dataPage(req, res.status(422), form)
    sayStarted(req, done)
    res.redirect(303, '/account/data/')
  })

  router.get('/account/data/:id/download', async (req, res) => {
    demandMember(req)
    await sendFile(res, await findExport(db, req.viewer, idOf(req)))
  })

  return router
}

/** The next page says that it is being made, and one of those after it that it is ready. */
export function sayStarted(req: Request, exportId: number): void {
  notify(req, { kind: 'success', message: msg('privacy.download_started') })
  req.session.exportId = exportId
}

function demandMember(req: Request): ViewerMember {
  if (!req.viewer.member) throw new SignInNeeded()
  return req.viewer.member
}

async function sendFile(res: Response, { path, size, madeAt }: Awaited<ReturnType<typeof findExport>>): Promise<void> {
  const name = `data-${new Date(madeAt).toISOString().slice(0, 10)}.zip`
  res.set({
    'Content-Type': 'application/zip',
    'Content-Length': String(size),
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex',
  })
  await pipeline(createReadStream(path), res).catch(error => {
    // Whoever went away in the middle of a download is no fault of ours.
    if (!res.destroyed) throw error
  })
}
