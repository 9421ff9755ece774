import { type Request, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, notify, readForm } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import {
  changedValues,
  registry,
  type SettingGroup,
  type Settings,
  settingGroups,
  settings,
  settingsForm,
  settingsIn,
} from '../../settings/index.ts'
import { changeSettings } from '../log/change-settings.ts'
import { largestLogo } from '../logo.ts'
import type { Faint } from '../look/check-contrast.ts'
import { searchSettings } from '../search-settings.ts'
import { passOver, pathOf } from './log.ts'
import { type AdminDeps, adminPage } from './page.ts'

export function settingsRoutes({ db, baseUrl }: AdminDeps): Router {
  const router = Router()

  router.get('/settings/mail', (_req, res) => res.redirect('/admin/mail'))
  router.get('/settings/backups', (_req, res) => res.redirect('/admin/backups'))
  router.get('/settings/spam', (_req, res) => res.redirect('/admin/spam'))

  router.get('/settings', async (req, res) => {
    const asked = typeof req.query.q === 'string' ? req.query.q.slice(0, 100) : ''
    const found = asked.trim() === '' ? null : searchSettings(asked, req.t)
    await adminPage(req, res, 'settings', { ...(await settingsPage(db, 'general', { baseUrl })), asked, found })
  })

  router.get('/settings/:group', async (req, res) => {
    await adminPage(req, res, 'settings', await settingsPage(db, groupOf(req), { baseUrl }))
  })

  router.post('/settings/:group', async (req, res) => {
    const group = groupOf(req)
    const form = readForm(settingsForm(group), req.body)
    if (form.errors)
      return adminPage(req, res.status(422), 'settings', await settingsPage(db, group, { baseUrl, form }))
    await saveSettings(db, req, form.values as Partial<Settings>)
    res.redirect(303, `/admin/settings/${group}`)
  })
  return router
}

/** Stores what was changed in a form of settings, writes down what that changed, and says so. */
export async function saveSettings(db: Db, req: Request, values: Partial<Settings>, said = 'settings.saved') {
  const message = msg(said)
  passOver(req)
  await changeSettings(db, changedValues(values, req.body ?? {}), {
    by: req.viewer.member?.id ?? 0,
    path: pathOf(req),
    message,
  })
  notify(req, { kind: 'success', message })
}

interface SettingsPageParts {
  readonly baseUrl: string | undefined
  readonly form?: FormView
  readonly logoForm?: FormView
  readonly faviconForm?: FormView
}

/** One room of the settings pages, with its forms as they were sent. */
export async function settingsPage(db: Db, group: SettingGroup, parts: SettingsPageParts) {
  return {
    room: 'settings' as const,
    title: 'admin.settings',
    group,
    groups: settingGroups,
    fields: settingsIn(group).map(key => ({ key, ...registry[key] })),
    values: await settings(db),
    form: emptyForm(),
    logoForm: emptyForm(),
    faviconForm: emptyForm(),
    faint: group === 'appearance' ? await faintNow(db) : [],
    mostMegabytes: largestLogo / 1024 ** 2,
    ...parts,
  }
}

/** What the style sheet makes hard to read; it is read by what only this page needs. null: it cannot be read. */
async function faintNow(db: Db): Promise<readonly Faint[] | null> {
  const { custom_css, accent } = await settings(db)
  if (custom_css === '') return []
  const { faintTexts } = await import('../look/own-look.ts')
  return faintTexts(custom_css, accent)
}

function groupOf(req: Request): SettingGroup {
  const name = req.params.group ?? 'general'
  const group = settingGroups.find(one => one === name)
  // The mail server's password needs a page that never shows it, and backups have one of their own.
  if (!group || group === 'mail' || group === 'backups') throw new NotFound()
  return group
}
