import { type Request, type Response, Router } from 'express'
import { Forbidden, type Message, msg, NotFound } from '../../../../platform/errors.ts'
import { emptyForm, type FormView, notify, page, readForm } from '../../../../platform/http/index.ts'
import type { Db } from '../../../../platform/store/index.ts'
import { isMailStopped } from '../../../mail/index.ts'
import { type Member, memberById } from '../../../members/index.ts'
import { canSendMail, settings } from '../../../settings/index.ts'
import type { Accounts } from '../../new-member.ts'
import { changeEmailForm, correctEmailForm } from '../../recover/forms.ts'
import { attempt } from '../../routes/attempt.ts'
import { accountMeta, demandMember } from '../../routes/token-page.ts'
import { mailAgain, tryAddressAgain } from '../../verify/mail-again.ts'
import { askForChange, demandOwnPassword } from '../ask-change.ts'
import { correctAddress } from '../correct-address.ts'
import { wantedAddress } from '../queries.ts'
import { isUnproven, wayToChange } from '../way-to-change.ts'

const day = 24 * 60 * 60 * 1000

/** `/account/email/`: the own address, to be proven, corrected or changed. */
export function addressRoutes(accounts: Accounts): Router {
  const { db } = accounts
  const router = Router()

  router.get('/account/email', async (req, res) => {
    await addressPage(accounts, req, res, await ownAccount(accounts, req), emptyForm())
  })

  router.post('/account/email', async (req, res) => {
    const member = await ownAccount(accounts, req)
    const way = wayToChange(member, await settings(db))
    if (way === 'closed') throw new Forbidden(msg('accounts.email_closed'))
    const { done, form } = await (way === 'correct' ? correct : change)(accounts, req, res, member)
    if (form) return addressPage(accounts, req, res, member, form)
    notify(req, { kind: 'success', message: done })
    res.redirect(303, '/account/email/')
  })

  router.post('/account/email/again', async (req, res) => {
    const member = await ownAccount(accounts, req)
    const act = member.email === '' ? null : await whatAgain(db, member)
    if (act === null) return res.redirect(303, '/account/email/')
    const { form } = await attempt(res, readForm(correctEmailForm, member), () => act.run(db, member))
    if (form) return addressPage(accounts, req, res, member, form)
    notify(req, { kind: 'success', message: msg(act.said, { email: member.email }) })
    res.redirect(303, '/account/email/')
  })

  return router
}

const linkAgain = { run: mailAgain, said: 'accounts.proof_mailed' }
const mailHereAgain = { run: tryAddressAgain, said: 'accounts.mail_again_on' }

/** An address that is to be proven gets the link once more; one from which mail came back is tried again. */
async function whatAgain(db: Db, member: Member): Promise<typeof linkAgain | null> {
  if (isUnproven(member, await settings(db))) return linkAgain
  return (await isMailStopped(db, member.email)) ? mailHereAgain : null
}

async function ownAccount({ db }: Accounts, req: Request): Promise<Member> {
  const member = await memberById(db, demandMember(req).id)
  if (!member) throw new NotFound()
  return member
}

async function correct({ db }: Accounts, req: Request, res: Response, member: Member) {
  return attempt(res, readForm(correctEmailForm, req.body), async ({ email }): Promise<Message> => {
    await correctAddress(db, member, email)
    return canSendMail(await settings(db)) ? msg('accounts.proof_mailed', { email }) : msg('accounts.email_replaced')
  })
}

async function change(accounts: Accounts, req: Request, res: Response, member: Member) {
  const { db } = accounts
  const way = wayToChange(member, await settings(db))
  return attempt(res, readForm(changeEmailForm, req.body), async (values): Promise<Message> => {
    if (way === 'change') {
      await askForChange(accounts, member, values)
      return msg('accounts.email_change_mailed', { email: values.email })
    }
    await demandOwnPassword(accounts, member.id, values.password)
    await correctAddress(db, member, values.email)
    return msg('accounts.email_replaced')
  })
}

async function addressPage({ db }: Accounts, req: Request, res: Response, member: Member, form: FormView) {
  const rules = await settings(db)
  await page(res, 'accounts/email', {
    meta: accountMeta(req, 'accounts.email_page'),
    form,
    email: member.email,
    way: wayToChange(member, rules),
    proven: member.email_verified_at !== null,
    unproven: isUnproven(member, rules),
    wanted: await wantedAddress(db, member.id, Date.now() - day),
    sends: canSendMail(rules),
    stopped: member.email !== '' && (await isMailStopped(db, member.email)),
  })
}
