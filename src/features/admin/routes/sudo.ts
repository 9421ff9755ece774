import { type Request, type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import { Invalid, msg } from '../../../platform/errors.ts'
import {
  emptyForm,
  type Form,
  type FormView,
  ownPath,
  page,
  readForm,
  returnPath,
} from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { attempt, confirmedUntil } from '../../accounts/index.ts'
import type { ConfirmPassword } from '../../moderation/index.ts'
import { changesGuarded, settings } from '../../settings/index.ts'
import { passOver } from './log.ts'
import type { AdminDeps } from './page.ts'

/** What opens the forum to others, or gives away what is in it. What asks for the password by itself every time is not here. */
const dangerous: readonly RegExp[] = [
  /^\/settings\/(?:accounts|privacy)(?:\/|$)/i,
  /^\/(?:mail|groups|permissions|moderators|invitations|backups)(?:\/|$)/i,
  /^\/forums\/[^/]+\/password(?:\/|$)/i,
  /^\/members\/[^/]+\/(?:group|rename|email|merge|export)(?:\/|$)/i,
  /^\/members\/group(?:\/|$)/i,
  /^\/members\.csv(?:\/|$)/i,
  /^\/log\/[^/]+\/undo(?:\/|$)/i,
]

const field = 'sudo_password'
const sudoForm = z.object({
  [field]: z.string({ error: 'accounts.password_missing' }).min(1, { error: 'accounts.password_missing' }),
})

/** Before dangerous pages of the administration: asks for the password again, and keeps what was typed meanwhile. */
export function askAgain({ db, confirmPassword }: Pick<AdminDeps, 'db' | 'confirmPassword'>): RequestHandler {
  return async (req, res, next) => {
    if (!req.viewer.admin || isConfirmed(req) || !(await isDangerous(db, req))) return next()
    if (req.method !== 'POST') return leadToPassword(req, res)
    if (req.body?.[field] === undefined) return ask(req, res.status(403), emptyForm())
    const { form } = await confirm(req, res, confirmPassword)
    if (form) return ask(req, res, form)
    delete req.body[field]
    next()
  }
}

/** `/admin/confirm`: the password, and then on to the page that was asked for. */
export function sudoRoutes({ confirmPassword }: AdminDeps): Router {
  const router = Router()
  router.get('/confirm', (req, res) => ask(req, res, emptyForm()))
  router.post('/confirm', async (req, res) => {
    const { form } = await confirm(req, res, confirmPassword)
    if (form) return ask(req, res, form)
    passOver(req)
    res.redirect(303, returnPath(req, '/admin/'))
  })
  return router
}

async function isDangerous(db: Db, { path, body }: Request): Promise<boolean> {
  if (dangerous.some(pattern => pattern.test(path))) return true
  return /^\/settings\//i.test(path) && changesGuarded(body ?? {}, await settings(db))
}

function isConfirmed(req: Request): boolean {
  return Date.now() < confirmedUntil(req)
}

function leadToPassword(req: Request, res: Response): void {
  res.set('Cache-Control', 'no-store')
  res.redirect(303, `/admin/confirm?return=${encodeURIComponent(ownPath(req.originalUrl, '/admin/'))}`)
}

async function confirm(req: Request, res: Response, confirmPassword: ConfirmPassword) {
  const sent: Form<Record<string, string>> = readForm(sudoForm, req.body)
  return attempt(res, sent, async values => {
    const right = await confirmPassword(req.viewer.member?.id ?? 0, values[field] ?? '')
    if (!right) throw new Invalid({ [field]: msg('accounts.password_wrong') })
    req.session.confirmedAt = Date.now()
  })
}

/** What was sent travels on in the form. A file cannot: whoever sends one is led back to its form. */
async function ask(req: Request, res: Response, form: FormView): Promise<void> {
  const isOwnPage = /^\/confirm\/?$/i.test(req.path)
  const carries = !isOwnPage && !req.is('multipart/form-data')
  const action = carries ? req.originalUrl : '/admin/confirm'
  const back = isOwnPage ? returnPath(req, '/admin/') : ownPath(pathOfReferrer(req), '/admin/')
  const title = req.t('admin.confirm')
  await page(res, 'admin/confirm', {
    meta: { title, noindex: true, noStore: true, narrow: true },
    title,
    form,
    action,
    back,
    fields: carries ? fieldsOf(req.body) : [['return', back]],
    carries,
  })
}

function pathOfReferrer(req: Request): string {
  const referrer = req.get('referer') ?? ''
  if (!URL.canParse(referrer)) return ''
  const { pathname, search } = new URL(referrer)
  return pathname + search
}

function fieldsOf(body: Record<string, unknown> = {}): [name: string, value: string][] {
  return Object.entries(body).flatMap(([name, value]) =>
    name === field ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
  )
}
