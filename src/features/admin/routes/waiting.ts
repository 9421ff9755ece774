import { type Request, type Response, Router } from 'express'
import { excerpt } from '../../../content/index.ts'
import { msg } from '../../../platform/errors.ts'
import { emptyForm, type FormView, notify, readForm, submit } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { memberPath } from '../../members/index.ts'
import { approveAccounts, decisionForm, refuseAccounts, waitingAccounts } from '../../spam/index.ts'
import { type AdminDeps, adminPage } from './page.ts'

const excerptLength = 300
const here = '/admin/members/waiting'

/** Accounts that wait for an administrator. */
export function waitingRoutes({ db }: AdminDeps): Router {
  const router = Router()
  router.get('/members/waiting', (req, res) => show(db, req, res, emptyForm()))

  router.post('/members/waiting', async (req, res) => {
    const { done, form } = await submit(readForm(decisionForm, req.body), async ({ act, member, reason }) => ({
      key: act === 'approve' ? 'spam.approved' : 'spam.refused',
      count: act === 'approve' ? await approveAccounts(db, member) : await refuseAccounts(db, member, reason),
    }))
    if (form) return show(db, req, res.status(422), form)
    const { key, count } = done
    notify(req, { kind: count > 0 ? 'success' : 'info', message: msg(key, { count }) })
    res.redirect(303, here)
  })
  return router
}

async function show(db: Db, req: Request, res: Response, form: FormView): Promise<void> {
  const accounts = await waitingAccounts(db)
  await adminPage(req, res, 'waiting', {
    room: 'waiting',
    title: 'spam.waiting_title',
    form,
    accounts: accounts.map(account => ({
      ...account,
      path: memberPath(account),
      held: account.held.map(({ postId, title, text }) => ({
        title,
        href: `/post/${postId}`,
        text: excerpt(text, excerptLength),
      })),
    })),
  })
}
