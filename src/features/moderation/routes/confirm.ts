import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { Invalid, msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, page, readForm, returnPath } from '../../../platform/http/index.ts'
import { attempt } from '../../accounts/index.ts'
import { moderatedForums } from '../../members/index.ts'
import type { ConfirmPassword } from '../act.ts'

/** Where the staff give their password again before what concerns an account, and go on from there. */
export const confirmPath = '/moderate/confirm/'

const missing = { error: 'accounts.password_missing' }
const confirmForm = z.object({ sudo_password: z.string(missing).min(1, missing) })

/** The password again, for whoever moderates. */
export function confirmRoutes({ confirmPassword }: { readonly confirmPassword: ConfirmPassword }): Router {
  const router = Router()
  router.get(confirmPath, async (req, res) => ask(req, res, emptyForm()))
  router.post(confirmPath, async (req, res) => {
    demandStaff(req)
    const { form } = await attempt(res, readForm(confirmForm, req.body), async values => {
      const right = await confirmPassword(req.viewer.member?.id ?? 0, values.sudo_password)
      if (!right) throw new Invalid({ sudo_password: msg('accounts.password_wrong') })
      req.session.confirmedAt = Date.now()
    })
    if (form) return ask(req, res, form)
    res.redirect(303, returnPath(req, '/modcp/'))
  })
  return router
}

async function ask(req: Request, res: Response, form: FormView): Promise<void> {
  demandStaff(req)
  const title = req.t('admin.confirm')
  const meta = { title, noindex: true, noStore: true, narrow: true }
  await page(res, 'moderation/confirm', { meta, form, action: confirmPath, back: returnPath(req, '/modcp/') })
}

function demandStaff({ viewer }: Request): void {
  if (!viewer.member || moderatedForums(viewer).length === 0) throw new NotFound()
}
