import { type Request, type Response, Router } from 'express'
import { msg, SignInNeeded } from '../../../platform/errors.ts'
import {
  dropCookie,
  emptyForm,
  type Form,
  notify,
  page,
  putCookie,
  readForm,
  returnPath,
  submit,
  toTheme,
} from '../../../platform/http/index.ts'
import { locales } from '../../../platform/locale/index.ts'
import { memberById, type Viewer, type ViewerMember } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'
import { preferencesForm } from '../forms.ts'
import { changePreferences, changeTheme } from '../preferences.ts'
import { signOutEverywhere } from '../sign-out.ts'
import { anyCarried, dropCarried } from './carried.ts'
import type { AccountsDeps } from './deps.ts'
import { endMemberSession } from './member-session.ts'

const year = 365 * 24 * 60 * 60

/** `/account/`, what belongs to it, and the theme, which guests choose as well. */
export function accountRoutes(deps: AccountsDeps): Router {
  const { db } = deps
  const router = Router()

  router.get('/account', async (req, res) => {
    const { id, hidesSignatures } = demandMember(req)
    const hidden = (await memberById(db, id))?.hide_online === 1
    const ticked = { show_online: hidden ? '' : '1', show_signatures: hidesSignatures ? '' : '1' }
    await accountPage(deps, req, res, emptyForm({ ...chosenBy(req.viewer), ...ticked }))
  })

  router.post('/account', async (req, res) => {
    const member = demandMember(req)
    const sent = readForm(preferencesForm, req.body)
    const { form } = await submit(sent, values => changePreferences(db, member.id, values))
    if (form) return accountPage(deps, req, res.status(422), form)
    putTheme(res, sent.values?.theme)
    notify(req, { kind: 'success', message: msg('accounts.saved') })
    res.redirect(303, '/account/')
  })

  router.post('/account/sign-out-everywhere', async (req, res) => {
    const member = demandMember(req)
    await signOutEverywhere(db, member.id)
    await endMemberSession(db, req, res)
    notify(req, { kind: 'success', message: msg('accounts.signed_out_everywhere') })
    res.redirect(303, '/login/')
  })

  router.post('/preferences/theme', async (req, res) => {
    const theme = toTheme(String(req.body?.theme))
    if (req.viewer.member) await changeTheme(db, req.viewer.member.id, theme)
    putTheme(res, theme)
    res.redirect(303, returnPath(req))
  })

  return router.use(unsentRoutes())
}

/** A text that was carried to a place where its writer cannot post. */
function unsentRoutes(): Router {
  const router = Router()
  router.get('/account/unsent', async (req, res) => {
    demandMember(req)
    const carried = anyCarried(req)
    if (!carried) return res.redirect(303, '/account/')
    const meta = { title: req.t('accounts.unsent'), noindex: true, noStore: true, narrow: true }
    await page(res, 'accounts/unsent', { meta, carried })
  })
  router.post('/account/unsent', (req, res) => {
    dropCarried(req)
    res.redirect(303, '/')
  })
  return router
}

function demandMember(req: Request): ViewerMember {
  if (!req.viewer.member) throw new SignInNeeded()
  return req.viewer.member
}

function chosenBy({ locale, timeZone, theme }: Viewer): Record<string, string> {
  return { locale: locale ?? '', time_zone: timeZone ?? '', theme: theme ?? '' }
}

/** The browser keeps it too, for after signing out. */
function putTheme(res: Response, theme = ''): void {
  if (toTheme(theme) === 'system') dropCookie(res, 'stoa_theme')
  else putCookie(res, 'stoa_theme', theme, { seconds: year })
}

async function accountPage({ db }: AccountsDeps, req: Request, res: Response, form: Form<unknown>): Promise<void> {
  const { member, groupName } = req.viewer
  const { time_zone, signatures } = await settings(db)
  await page(res, 'accounts/account', {
    meta: { title: req.t('accounts.account'), noindex: true, narrow: true },
    form,
    member,
    groupName,
    signatures,
    languages: [{ value: '', text: req.t('accounts.locale_browser') }, ...locales.map(languageOption)],
    timeZones: [{ value: '', text: req.t('accounts.time_zone_forum', { zone: time_zone }) }, ...timeZoneOptions],
  })
}

/** A language by the name it has for those who speak it. */
function languageOption(locale: string) {
  return { value: locale, text: new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale }
}

const timeZoneOptions = ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone.includes('/'))].map(zone => ({
  value: zone,
  text: zone.replaceAll('_', ' '),
}))
