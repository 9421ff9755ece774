import { type Response, Router } from 'express'
import type { z } from 'zod'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, page, readForm, submit } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { replyForm, topicForm } from '../../posts/index.ts'
import { settings } from '../../settings/index.ts'
import { editClaim } from '../change-claim.ts'
import { findOpenClaim } from '../find-claim.ts'
import type { GuestText } from '../guest-text.ts'
import type { Claim } from '../queries.ts'
import { claimPath } from './claim-page.ts'

/** A reply has no title. */
function withTitle(schema: z.ZodType<Omit<GuestText, 'title'> & { title?: string }>): z.ZodType<GuestText> {
  return schema.transform(({ title = null, body, format }) => ({ title, body, format })) as z.ZodType<GuestText>
}

/** `/claim/SECRET/edit`: the saved text in its form again, as it was typed. */
export function editRoutes({ db }: { readonly db: Db }): Router {
  const router = Router()

  const editPage = async (res: Response, claim: Claim, secret: string, form: FormView) => {
    const title = res.req.t('claims.edit_title')
    const rules = await settings(db)
    await page(res, 'claims/edit', {
      meta: { title, noindex: true, noStore: true },
      title,
      form,
      claim,
      path: claimPath(secret),
      place: claim.topic_id === null ? `forum:${claim.forum_id}` : `topic:${claim.topic_id}`,
      maxEmoji: rules.post_max_emoji,
    })
  }

  router.get('/claim/:secret/edit', async (req, res) => {
    const claim = await findText(db, req.params.secret)
    const typed = { title: claim.title ?? '', body: claim.body, format: claim.format }
    await editPage(res, claim, req.params.secret, emptyForm(typed))
  })

  router.post('/claim/:secret/edit', async (req, res) => {
    const { secret } = req.params
    const claim = await findText(db, secret)
    const { title_max_length } = await settings(db)
    const schema = claim.kind === 'topic' ? topicForm(title_max_length) : replyForm
    const { form } = await submit(readForm<GuestText>(withTitle(schema), req.body), text => editClaim(db, claim, text))
    if (form) return editPage(res.status(422), claim, secret, form)
    res.redirect(303, claimPath(secret))
  })
  return router
}

/** A post that was published under a name is no text of a claim any more. */
async function findText(db: Db, secret: string): Promise<Claim> {
  const claim = await findOpenClaim(db, secret)
  if (claim.kind === 'post') throw new NotFound(msg('claims.none'))
  return claim
}
