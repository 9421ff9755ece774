import { type Request, type Response, Router } from 'express'
import { msg } from '../../../platform/errors.ts'
import { addressOf, emptyForm, type FormView, page, readForm, submitTo } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { guardOf } from '../../spam/index.ts'
import { sendMessage } from '../contact/send-message.ts'
import { contactForm, longestSubject, longestText } from '../forms.ts'
import { demandOn } from '../texts/find-text.ts'

/** `/contact/`: a form that reaches the administrators. */
export function contactRoutes({ db }: { db: Db }): Router {
  const router = Router()
  router.use('/contact', async (_req, _res, next) => {
    await demandOn(db, 'contact')
    next()
  })

  router.get('/contact', async (req, res) => {
    const { member } = req.viewer
    await contactPage(db, req, res, emptyForm(member ? { name: member.name, email: member.email } : {}))
  })

  router.post('/contact', async (req, res) => {
    const sent = readForm(contactForm, req.body)
    const sender = { memberId: req.viewer.member?.id ?? null, address: addressOf(req), fields: req.body }
    const tooMany = (minutes: number) => msg('pages.contact_too_many', { minutes })
    const { form } = await submitTo(res, sent, values => sendMessage(db, values, sender), tooMany)
    if (form) return contactPage(db, req, res, form)
    res.redirect(303, '/contact/sent/')
  })

  router.get('/contact/sent', async (req, res) => {
    await page(res, 'pages/sent', { meta: { title: req.t('pages.sent'), noindex: true, narrow: true } })
  })

  return router
}

async function contactPage(db: Db, req: Request, res: Response, form: FormView): Promise<void> {
  await page(res, 'pages/contact', {
    meta: { title: req.t('pages.contact'), canonical: '/contact/', narrow: true },
    form,
    guard: await guardOf(db, 'contact', form.typed),
    longestSubject,
    longestText,
  })
}
