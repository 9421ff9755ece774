import { type Request, type Response, Router } from 'express'
import { msg, SignInNeeded } from '../../../platform/errors.ts'
import { notify, page, returnPath } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { acceptTerms, mustAccept, termsNow } from '../terms/terms.ts'
import { findText } from '../texts/find-text.ts'

/** `/terms/accept/`: where members are led whom a version of the terms asks. */
export function acceptRoutes({ db }: { db: Db }): Router {
  const router = Router()

  router.get('/terms/accept', async (req, res) => {
    const { member } = req.viewer
    if (!member) return res.redirect(303, '/terms/')
    if (!mustAccept(member.termsVersion, await termsNow(db))) return res.redirect(303, backOf(req))
    await acceptPage(db, req, res)
  })

  router.post('/terms/accept', async (req, res) => {
    const { member } = req.viewer
    if (!member) throw new SignInNeeded()
    const version = String(req.body?.version)
    if (!(await acceptTerms(db, member.id, /^\d{1,9}$/.test(version) ? Number(version) : 0))) {
      return acceptPage(db, req, res.status(409), true)
    }
    notify(req, { kind: 'success', message: msg('pages.accepted') })
    res.redirect(303, backOf(req))
  })

  return router
}

function backOf(req: Request): string {
  const path = returnPath(req)
  return path.startsWith('/terms/accept') ? '/' : path
}

async function acceptPage(db: Db, req: Request, res: Response, isChanged = false): Promise<void> {
  await page(res, 'pages/accept', {
    meta: { title: req.t('pages.accept_title'), noindex: true, narrow: true },
    text: await findText(db, 'terms'),
    isFirst: req.viewer.member?.termsVersion == null,
    isChanged,
    returnPath: backOf(req),
  })
}
