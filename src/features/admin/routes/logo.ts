import { Router } from 'express'
import { msg } from '../../../platform/errors.ts'
import { readUpload, type Upload, type UploadedFile } from '../../../platform/files/index.ts'
import { emptyForm, type Form, notify, submit, withErrors } from '../../../platform/http/index.ts'
import { changeLogo, largestLogo, removeLogo } from '../logo.ts'
import { type AdminDeps, adminPage } from './page.ts'
import { settingsPage } from './settings.ts'

const appearance = '/admin/settings/appearance'

/** The forum's logo, on the page of its appearance. */
export function logoRoutes({ db, files, baseUrl }: AdminDeps): Router {
  const router = Router()

  router.post('/settings/appearance/logo', async (req, res) => {
    const upload = await readUpload(req, { field: 'logo', maxBytes: largestLogo })
    const { form } = await submit(fileForm(upload), file => changeLogo(db, files, file))
    if (form)
      return adminPage(
        req,
        res.status(422),
        'settings',
        await settingsPage(db, 'appearance', { baseUrl, logoForm: form }),
      )
    notify(req, { kind: 'success', message: msg('settings.logo_saved') })
    res.redirect(303, appearance)
  })

  router.post('/settings/appearance/logo/remove', async (req, res) => {
    await removeLogo(db)
    notify(req, { kind: 'success', message: msg('settings.logo_removed') })
    res.redirect(303, appearance)
  })
  return router
}

function fileForm({ file, fault }: Upload): Form<UploadedFile> {
  if (file) return { typed: {}, errors: null, values: file }
  return withErrors(emptyForm(), { logo: fault ?? msg('files.missing') })
}
