import { type Request, type Response, Router } from 'express'
import { msg } from '../../../platform/errors.ts'
import { readUpload, type Upload, type UploadedFile } from '../../../platform/files/index.ts'
import { emptyForm, type Form, submit, withErrors } from '../../../platform/http/index.ts'
import { type Face, faces, keepFace, largestLogo } from '../logo.ts'
import { type AdminDeps, adminPage } from './page.ts'
import { saveSettings, settingsPage } from './settings.ts'

const appearance = '/admin/settings/appearance'

/** The pictures that stand for the forum, on the page of its appearance. */
export function logoRoutes(deps: AdminDeps): Router {
  const router = Router()
  for (const face of faces) {
    router.post(`/settings/appearance/${face}`, (req, res) => change(deps, face, req, res))
    router.post(`/settings/appearance/${face}/remove`, async (req, res) => {
      await saveSettings(deps.db, req, { [face]: null }, `settings.${face}_removed`)
      res.redirect(303, appearance)
    })
  }
  return router
}

async function change({ db, files, baseUrl }: AdminDeps, face: Face, req: Request, res: Response): Promise<void> {
  const upload = await readUpload(req, { field: face, maxBytes: largestLogo })
  const { done, form } = await submit(fileForm(face, upload), file => keepFace(face, files, file))
  if (form) {
    const forms = { [`${face}Form`]: form }
    return adminPage(req, res.status(422), 'settings', await settingsPage(db, 'appearance', { baseUrl, ...forms }))
  }
  await saveSettings(db, req, done, `settings.${face}_saved`)
  res.redirect(303, appearance)
}

function fileForm(face: Face, { file, fault }: Upload): Form<UploadedFile> {
  if (file) return { typed: {}, errors: null, values: file }
  return withErrors(emptyForm(), { [face]: fault ?? msg('files.missing') })
}
