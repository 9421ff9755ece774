import { type Request, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, notify, readForm } from '../../../platform/http/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import {
  registry,
  type SettingGroup,
  type Settings,
  settingGroups,
  settings,
  settingsForm,
  settingsIn,
  writeSettings,
} from '../../settings/index.ts'
import { largestLogo } from '../logo.ts'
import { type AdminDeps, adminPage } from './page.ts'

export function settingsRoutes({ db, baseUrl }: AdminDeps): Router {
  const router = Router()

  router.get('/settings/mail', (_req, res) => res.redirect('/admin/mail'))
  router.get('/settings/spam', (_req, res) => res.redirect('/admin/spam'))

  router.get(['/settings', '/settings/:group'], async (req, res) => {
    await adminPage(req, res, 'settings', await settingsPage(db, groupOf(req), { baseUrl }))
  })

  router.post('/settings/:group', async (req, res) => {
    const group = groupOf(req)
    const form = readForm(settingsForm(group), req.body)
    if (form.errors)
      return adminPage(req, res.status(422), 'settings', await settingsPage(db, group, { baseUrl, form }))
    await inTransaction(db, tx => writeSettings(tx, form.values as Partial<Settings>))
    notify(req, { kind: 'success', message: msg('settings.saved') })
    res.redirect(303, `/admin/settings/${group}`)
  })
  return router
}

interface SettingsPageParts {
  readonly baseUrl: string | undefined
  readonly form?: FormView
  readonly logoForm?: FormView
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
    mostMegabytes: largestLogo / 1024 ** 2,
    ...parts,
  }
}

function groupOf(req: Request): SettingGroup {
  const name = req.params.group ?? 'general'
  const group = settingGroups.find(one => one === name)
  // The mail server's password needs a page that never shows it.
  if (!group || group === 'mail') throw new NotFound()
  return group
}
