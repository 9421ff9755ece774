import { type Request, type Response, Router } from 'express'
import { msg, NotFound } from '../../../../platform/errors.ts'
import { emptyForm, type FormView, notify, page, readForm } from '../../../../platform/http/index.ts'
import { memberById } from '../../../members/index.ts'
import { settings } from '../../../settings/index.ts'
import type { Accounts } from '../../new-member.ts'
import { provePassword } from '../../prove-password.ts'
import { newPasswordForm, ownPasswordForm } from '../../recover/forms.ts'
import { attempt } from '../../routes/attempt.ts'
import { startMemberSession } from '../../routes/member-session.ts'
import { signInOriginOf } from '../../routes/sign-in-origin.ts'
import { privateMeta, whoComes } from '../../routes/token-page.ts'
import { confirmAddress } from '../confirm-address.ts'
import { findProof, type Proof } from '../find-proof.ts'
import { freeAddress } from '../free-address.ts'
import { takeAccount } from '../take-account.ts'

/** `/verify/SECRET`: opening it changes nothing, its buttons do. */
export function verifyRoutes(accounts: Accounts): Router {
  const { db } = accounts
  const router = Router()

  router.get('/verify/:secret', async (req, res) => {
    await verifyPage(accounts, req, res, await findProof(db, req.params.secret))
  })

  router.post('/verify/:secret', async (req, res) => {
    const proof = await findProof(db, req.params.secret).catch(unlessProven(accounts, req))
    if (proof === null) return sayAndLeave(req, res, 'accounts.verified_already')
    const who = whoComes(req, proof.member.id)
    if (who === 'owner') await confirmAddress(db, proof)
    else {
      const { form } = await attempt(res, readForm(ownPasswordForm, req.body), async ({ password }) => {
        await provePassword(accounts, proof.member, password, signInOriginOf(req))
        await confirmAddress(db, proof)
      })
      if (form) return verifyPage(accounts, req, res, proof, { confirm: form })
      if (who === 'guest') await startMemberSession(db, req, res, proof.member.id)
    }
    sayAndLeave(req, res, 'accounts.verified')
  })

  router.post('/verify/:secret/password', async (req, res) => {
    const proof = await findProof(db, req.params.secret)
    const sent = readForm(newPasswordForm, req.body)
    const { form } = await attempt(res, sent, values => takeAccount(accounts, proof, values.new_password))
    if (form) return verifyPage(accounts, req, res, proof, { take: form })
    await startMemberSession(db, req, res, proof.member.id)
    sayAndLeave(req, res, 'accounts.taken')
  })

  router.post('/verify/:secret/not-me', async (req, res) => {
    await freeAddress(db, await findProof(db, req.params.secret))
    sayAndLeave(req, res, 'accounts.freed')
  })

  return router
}

/** The button pressed again, or in two tabs: whoever has proven an address is told that all is well. */
function unlessProven({ db }: Accounts, req: Request) {
  return async (error: unknown): Promise<null> => {
    const member = req.viewer.member ? await memberById(db, req.viewer.member.id) : undefined
    if (error instanceof NotFound && member?.email_verified_at != null) return null
    throw error
  }
}

function sayAndLeave(req: Request, res: Response, key: string): void {
  notify(req, { kind: 'success', message: msg(key) })
  res.redirect(303, '/')
}

interface Forms {
  readonly confirm?: FormView
  readonly take?: FormView
}

async function verifyPage({ db }: Accounts, req: Request, res: Response, proof: Proof, forms: Forms = {}) {
  const { secret, member } = proof
  await page(res, 'accounts/verify', {
    meta: privateMeta(req, 'accounts.verify'),
    path: `/verify/${secret}`,
    name: member.name,
    email: member.email,
    who: whoComes(req, member.id),
    viewerName: req.viewer.member?.name ?? '',
    confirmForm: forms.confirm ?? emptyForm(),
    takeForm: forms.take ?? emptyForm(),
    least: (await settings(db)).password_min_length,
  })
}
