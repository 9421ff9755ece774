import { type Request, Router } from 'express'
import { msg, SignInNeeded } from '../../../platform/errors.ts'
import { notify, page, sessionKeyOf } from '../../../platform/http/index.ts'
import type { ViewerMember } from '../../members/index.ts'
import { endOtherPlaces, endPlace, signedInPlaces } from '../sessions/places.ts'
import type { AccountsDeps } from './deps.ts'

/** `/account/sessions/`: where one is signed in, and how to end it. */
export function sessionsRoutes({ db }: AccountsDeps): Router {
  const router = Router()

  router.get('/account/sessions', async (req, res) => {
    const member = demandMember(req)
    const title = req.t('accounts.places')
    const breadcrumb = [{ href: '/account/', text: req.t('accounts.account') }]
    await page(res, 'accounts/sessions', {
      meta: { title, noindex: true, noStore: true, narrow: true, breadcrumb },
      title,
      places: await signedInPlaces(db, member.id, sessionKeyOf(req)),
    })
  })

  router.post('/account/sessions/end', async (req, res) => {
    const member = demandMember(req)
    await endPlace(db, member.id, String(req.body?.place ?? ''))
    notify(req, { kind: 'success', message: msg('accounts.place_ended') })
    res.redirect(303, '/account/sessions/')
  })

  router.post('/account/sessions/end-others', async (req, res) => {
    const member = demandMember(req)
    await endOtherPlaces(db, member.id, sessionKeyOf(req))
    notify(req, { kind: 'success', message: msg('accounts.places_ended') })
    res.redirect(303, '/account/sessions/')
  })

  return router
}

function demandMember(req: Request): ViewerMember {
  if (!req.viewer.member) throw new SignInNeeded()
  return req.viewer.member
}
