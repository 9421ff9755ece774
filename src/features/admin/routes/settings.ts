import { type Request, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, notify, readForm } from '../../../platform/http/index.ts'
import { inTransaction } from '../../../platform/store/index.ts'
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
import { type AdminDeps, adminPage } from './page.ts'

export function settingsRoutes({ db, baseUrl }: AdminDeps): Router {
  const router = Router()
  const data = async (req: Request) => {
    const group = groupOf(req)
    return {
      room: 'settings' as const,
      title: 'admin.settings',
      group,
      groups: settingGroups,
      baseUrl,
      ...(await values(group)),
    }
  }
  const values = async (group: SettingGroup) => ({
    fields: settingsIn(group).map(key => ({ key, ...registry[key] })),
    values: await settings(db),
  })

  router.get(['/settings', '/settings/:group'], async (req, res) => {
    await adminPage(req, res, 'settings', { ...(await data(req)), form: emptyForm() })
  })

  router.post('/settings/:group', async (req, res) => {
    const form = readForm(settingsForm(groupOf(req)), req.body)
    if (form.errors) return adminPage(req, res.status(422), 'settings', { ...(await data(req)), form })
    await inTransaction(db, tx => writeSettings(tx, form.values as Partial<Settings>))
    notify(req, { kind: 'success', message: msg('settings.saved') })
    res.redirect(303, `/admin/settings/${groupOf(req)}`)
  })
  return router
}

function groupOf(req: Request): SettingGroup {
  const name = req.params.group ?? 'general'
  const group = settingGroups.find(one => one === name)
  if (!group) throw new NotFound()
  return group
}
