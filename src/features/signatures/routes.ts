import { type Request, type Response, Router } from 'express'
import { toMarkdown } from '../../content/index.ts'
import { msg, NotFound, SignInNeeded } from '../../platform/errors.ts'
import { emptyForm, type FormView, notify, page, readForm, submitTo } from '../../platform/http/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'
import { signatureForm } from './forms.ts'
import { whyNotSign } from './limits.ts'
import { signatureOf } from './queries.ts'
import { writeSignature } from './write-signature.ts'

/** `/account/signature/`: what stands under all posts of a member. */
export function signaturesRouter({ db }: { readonly db: Db }): Router {
  const router = Router()

  router.get('/account/signature', async (req, res) => {
    const signature = await signatureOf(db, await demandMember(db, req))
    const body = signature ? await toMarkdown(signature.html) : ''
    await showForm(db, req, res, emptyForm({ body, format: 'markdown' }))
  })

  router.post('/account/signature', async (req, res) => {
    await demandMember(db, req)
    const sent = readForm(signatureForm, req.body)
    const tooMany = (minutes: number) => msg('signatures.too_many', { minutes })
    const { form } = await submitTo(res, sent, values => writeSignature(db, req.viewer, values), tooMany)
    if (form) return showForm(db, req, res, form)
    notify(req, { kind: 'success', message: msg('signatures.saved') })
    res.redirect(303, '/account/signature/')
  })

  return router
}

/** Throws NotFound where the forum has no signatures. */
async function demandMember(db: Db, req: Request): Promise<number> {
  if (!req.viewer.member) throw new SignInNeeded()
  if (!(await settings(db)).signatures) throw new NotFound()
  return req.viewer.member.id
}

async function showForm(db: Db, req: Request, res: Response, form: FormView): Promise<void> {
  const { signature_max_length: length, signature_max_lines: lines, post_max_emoji } = await settings(db)
  const present = await signatureOf(db, req.viewer.member?.id ?? 0)
  await page(res, 'signatures/edit', {
    meta: {
      title: req.t('signatures.title'),
      noindex: true,
      noStore: true,
      narrow: true,
      breadcrumb: [{ href: '/account/', text: req.t('accounts.account') }],
    },
    form,
    present: present ?? null,
    whyNot: whyNotSign(req.viewer),
    length,
    lines,
    maxEmoji: post_max_emoji,
  })
}
