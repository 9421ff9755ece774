import { type Request, type Response, Router } from 'express'
import { type Message, msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import {
  deleteReason,
  deleteStep,
  insertReason,
  putStep,
  type WarningReason,
  type WarningStep,
  warningReasons,
  warningSteps,
} from '../../sanctions/index.ts'
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
  /** What changed stands in the administration log in these words; undefined: it was so already. */
  const done = (req: Request, res: Response, changed: Message | undefined) => {
    notify(
      req,
      changed ? { kind: 'success', message: changed } : { kind: 'info', message: msg('moderation.rules_same') },
    )
    res.redirect(303, here)
  }

  router.get('/modcp/warnings/rules', async (req, res) => showRules(req, res, {}))

  router.post('/modcp/warnings/rules/reasons', async (req, res) => {
    const { done: added, form } = await submit(readForm(warningReasonForm, req.body), async reason =>
      (await insertReason(db, reason)) ? saidOfReason('added', reason) : undefined,
    )
    if (form) return showRules(req, res.status(422), { reasonForm: form })
    done(req, res, added)
  })

  router.post('/modcp/warnings/rules/steps', async (req, res) => {
    const { done: set, form } = await submit(readForm(warningStepForm, req.body), async step => {
      await putStep(db, step)
      return saidOfStep('set', step)
    })
    if (form) return showRules(req, res.status(422), { stepForm: form })
    done(req, res, set)
  })

  router.post('/modcp/warnings/rules/reasons/:id/remove', async (req, res) => {
    const reason = await deleteReason(db, idOf(req))
    done(req, res, reason && saidOfReason('removed', reason))
  })

  router.post('/modcp/warnings/rules/steps/:id/remove', async (req, res) => {
    const step = await deleteStep(db, idOf(req))
    done(req, res, step && saidOfStep('removed', step))
  })

  return router
}

function saidOfReason(what: 'added' | 'removed', { title, points, days }: Omit<WarningReason, 'id'>): Message {
  return msg(`moderation.rules_reason_${what}`, { title, points, days: days ?? 0 })
}

function saidOfStep(what: 'set' | 'removed', { kind, points, days }: Omit<WarningStep, 'id'>): Message {
  return msg(`moderation.rules_step_${what}`, { kind, points, days: days ?? 0 })
}
