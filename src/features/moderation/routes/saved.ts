import { Router } from 'express'
import { Conflict, msg, NotFound, SignInNeeded } from '../../../platform/errors.ts'
import { changeNotices, idFrom, notify } from '../../../platform/http/index.ts'
import { aboutBatches, undoPath } from '../notices.ts'
import { savedActById } from '../queries/saved.ts'
import { performSaved } from '../saved/perform-saved.ts'
import { savedPath } from '../saved/saved-menu.ts'
import type { ActsDeps } from './acts.ts'
import { foldOffers } from './fold-offers.ts'
import { cameFrom } from './refs.ts'

/** What saved acts are sent to. */
export function savedActs({ db, confirmPassword }: ActsDeps): Router {
  const router = Router()
  router.post(savedPath, async (req, res) => {
    if (!req.viewer.member) throw new SignInNeeded()
    const [id, topicId] = [idFrom(req.body?.saved), idFrom(req.body?.topic)]
    const saved = id === null || topicId === null ? undefined : await savedActById(db, id)
    if (!saved || topicId === null) throw new NotFound()
    const back = cameFrom(req)
    const done = await performSaved(db, req.viewer, saved, topicId, confirmPassword).catch(whyNotDone)
    if (done instanceof Conflict) {
      notify(req, { kind: 'warning', message: done.reason ?? msg('moderation.handled_meanwhile', { n: 1 }) })
      return res.redirect(303, back)
    }
    const { batch } = done
    const undo = { action: undoPath, fields: { batch, return: back } }
    const message = msg('moderation.done_saved', { name: saved.name })
    notify(req, { kind: 'success', message, sticky: true, undo, about: aboutBatches([batch]) })
    changeNotices(req, notices => foldOffers(notices, `/modcp/log/?by=${req.viewer.member?.id}`))
    res.redirect(303, back)
  })
  return router
}

/** What somebody else has done meanwhile is said where the button stood. */
function whyNotDone(refused: unknown): Conflict {
  if (refused instanceof Conflict) return refused
  throw refused
}
