import { type Request, type RequestHandler, type Response, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { deleteReason, deleteStep, insertReason, putStep, warningReasons, warningSteps } from '../../sanctions/index.ts'
import { warningReasonForm, warningStepForm } from '../forms.ts'
import type { ShowRoom } from './show-room.ts'

const here = '/modcp/warnings/rules/'
type Forms = { reasonForm?: FormView; stepForm?: FormView }

/** What members are warned for and what points lead to: for administrators. */
export function warningRules({ db }: { readonly db: Db }, show: ShowRoom): Router {
  const router = Router()
  router.use('/modcp/warnings/rules', (req, _res, next) => {
    if (!req.viewer.admin) throw new NotFound()
    next()
  })

  const showRules = async (req: Request, res: Response, forms: Forms) => {
    const rules = { reasons: await warningReasons(db), steps: await warningSteps(db) }
    const empty = { reasonForm: emptyForm(), stepForm: emptyForm() }
    await show(req, res, 'moderation/members/rules', 'warnings', { ...rules, ...empty, ...forms })
  }
  const done: RequestHandler = (req, res) => {
    notify(req, { kind: 'success', message: msg('moderation.rules_saved') })
    res.redirect(303, here)
  }

  router.get('/modcp/warnings/rules', async (req, res) => showRules(req, res, {}))

  router.post('/modcp/warnings/rules/reasons', async (req, res, next) => {
    const { form } = await submit(readForm(warningReasonForm, req.body), reason => insertReason(db, reason))
    if (form) return showRules(req, res.status(422), { reasonForm: form })
    done(req, res, next)
  })

  router.post('/modcp/warnings/rules/steps', async (req, res, next) => {
    const { form } = await submit(readForm(warningStepForm, req.body), step => putStep(db, step))
    if (form) return showRules(req, res.status(422), { stepForm: form })
    done(req, res, next)
  })

  router.post('/modcp/warnings/rules/reasons/:id/remove', async (req, res, next) => {
    await deleteReason(db, idOf(req))
    done(req, res, next)
  })

  router.post('/modcp/warnings/rules/steps/:id/remove', async (req, res, next) => {
    await deleteStep(db, idOf(req))
    done(req, res, next)
  })

  return router
}
