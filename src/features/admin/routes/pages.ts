import { type Request, type Response, Router } from 'express'
import { Conflict, msg, NotFound } from '../../../platform/errors.ts'
import {
  emptyForm,
  type Form,
  type FormView,
  notify,
  readForm,
  type Submitted,
  submit,
  withErrors,
} from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import {
  composePage,
  findVersion,
  isPageName,
  isTextName,
  listVersions,
  type NewText,
  pageNames,
  pagesNow,
  publishText,
  shownHtml,
  standIns,
  switchPage,
  type TextName,
  textNames,
} from '../../pages/index.ts'
import { pageTextForm } from '../forms.ts'
import { type AdminDeps, adminPage } from './page.ts'

const room = 'pages' as const

/** `/admin/pages`: the community's own texts, and which of its pages are there. */
export function pageRoutes({ db }: AdminDeps): Router {
  const router = Router()

  router.get('/pages', async (req, res) => {
    const { on } = await pagesNow(db)
    const versions = await listVersions(db, textNames)
    const rows = pageNames.map(name => ({
      name,
      isOn: on.has(name),
      newest: versions.find(version => version.name === name) ?? null,
    }))
    await adminPage(req, res, 'pages', { room, title: 'admin.pages', rows })
  })

  router.post('/pages/:name/switch', async (req, res) => {
    const { name } = req.params
    if (!isPageName(name)) throw new NotFound()
    const on = req.body?.on === '1'
    await switchPage(db, name, on)
    notify(req, { kind: 'success', message: msg(on ? 'pages.admin_switched_on' : 'pages.admin_switched_off') })
    res.redirect(303, '/admin/pages')
  })

  router.get('/pages/:name', async (req, res) => {
    await textPage(db, req, res, { form: emptyForm() })
  })

  router.post('/pages/:name', async (req, res) => {
    const name = nameOf(req)
    const sent = readForm(pageTextForm, req.body)
    if (req.body?.preview !== undefined) return previewPage(db, req, res, sent)
    const { form } = await publish(db, req, res, sent)
    if (form) return textPage(db, req, res, { form })
    notify(req, { kind: 'success', message: msg('pages.admin_saved') })
    res.redirect(303, `/admin/pages/${name}`)
  })

  router.get('/pages/:name/:version', async (req, res) => {
    const { version } = req.params
    if (!/^[1-9]\d{0,8}$/.test(version)) throw new NotFound()
    const text = await findVersion(db, nameOf(req), Number(version))
    const html = await shownHtml(db, text.html)
    await adminPage(req, res, 'page-version', { room, title: `pages.${text.name}`, text, html })
  })

  return router
}

function nameOf(req: Request): TextName {
  const { name } = req.params
  if (!isTextName(name)) throw new NotFound()
  return name
}

/** Somebody else's newer text comes back as an error of the form, with what was typed. Sets the status of the answer. */
async function publish(db: Db, req: Request, res: Response, sent: Form<NewText>): Promise<Submitted<number>> {
  try {
    const submitted = await submit(sent, values => publishText(db, req.viewer.member?.id ?? 0, nameOf(req), values))
    if (submitted.form) res.status(422)
    return submitted
  } catch (refused) {
    if (!(refused instanceof Conflict) || !refused.reason) throw refused
    res.status(refused.status)
    return { done: undefined, form: withErrors(sent, { '': refused.reason }) }
  }
}

async function previewPage(db: Db, req: Request, res: Response, sent: Form<NewText>): Promise<void> {
  const { done, form } = await submit(sent, async ({ body }) => shownHtml(db, (await composePage(db, body)).html))
  if (form) return textPage(db, req, res.status(422), { form })
  await textPage(db, req, res, { form: sent, previewHtml: done })
}

interface Shown {
  readonly form: FormView
  readonly previewHtml?: string
}

async function textPage(db: Db, req: Request, res: Response, { form, previewHtml }: Shown): Promise<void> {
  const name = nameOf(req)
  const { on } = await pagesNow(db)
  const versions = await listVersions(db, [name])
  const newest = await findVersion(db, name, versions[0]?.version ?? 0)
  await adminPage(req, res, 'page', {
    room,
    title: `pages.${name}`,
    name,
    isOn: on.has(name),
    form,
    newest,
    // Whoever was told of a newer text, and saves all the same, means it.
    base: res.statusCode === 409 ? newest.version : (form.typed.base ?? newest.version),
    versions,
    standIns,
    previewHtml,
  })
}
