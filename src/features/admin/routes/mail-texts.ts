import { type Request, type Response, Router } from 'express'
import { type Message, msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, notify, pageNumber, withErrors } from '../../../platform/http/index.ts'
import { MailFailure } from '../../../platform/mail/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import {
  faultsIn,
  type Layouts,
  mailKinds,
  previewsOf,
  resetTexts,
  saveTexts,
  sendExamples,
  sentDays,
  sentMails,
  textsOf,
  wordsOfKind,
} from '../../mail/index.ts'
import { type AdminDeps, adminPage } from './page.ts'

const here = '/admin/mail/texts'
const sentPerPage = 50

/** What mails say, kind by kind, and which were sent. */
export function mailTextRoutes({ db, mailLayouts }: AdminDeps): Router {
  const router = Router()
  router.get('/mail/texts', async (req, res) => {
    await adminPage(req, res, 'mail-texts', {
      room: 'mail',
      title: 'admin.mail_texts',
      kinds: await mailKinds(db, mailLayouts),
    })
  })
  router.get('/mail/sent', async (req, res) => {
    const page = pageNumber(req)
    const { rows, total } = await sentMails(db, { limit: sentPerPage, offset: (page - 1) * sentPerPage })
    const pages = Math.max(1, Math.ceil(total / sentPerPage))
    if (page > pages) throw new NotFound()
    const mails = rows.map(row => ({ ...row, words: row.kind in mailLayouts ? wordsOfKind(row.kind) : null }))
    await adminPage(req, res, 'mail-sent', {
      room: 'mail',
      title: 'admin.mail_sent_list',
      mails,
      total,
      page,
      pages,
      days: sentDays,
    })
  })
  router.get('/mail/texts/:kind', (req, res) => show(db, mailLayouts, req, res, {}))
  router.post('/mail/texts/:kind', (req, res) => answer(db, mailLayouts, req, res))
  router.post('/mail/texts/:kind/reset', async (req, res) => {
    const { kind } = req.params
    await resetTexts(db, mailLayouts, kind)
    notify(req, { kind: 'success', message: msg('admin.mail_text_reset') })
    res.redirect(303, `${here}/${kind}`)
  })
  return router
}

type Showing = { readonly form?: FormView; readonly previews?: readonly { subject: string; text: string }[] }

async function show(db: Db, layouts: Layouts, req: Request, res: Response, showing: Showing): Promise<void> {
  const kind = String(req.params.kind)
  const texts = await textsOf(db, layouts, kind)
  await adminPage(req, res, 'mail-text', {
    room: 'mail',
    title: wordsOfKind(kind),
    kind,
    fields: texts.map((text, at) => ({ ...text, name: fieldOf(at) })),
    changed: texts.some(({ text, original }) => text !== original),
    address: req.viewer.member?.email ?? '',
    form: emptyForm(),
    previews: [],
    ...showing,
  })
}

const fieldOf = (at: number) => `text_${at}`

/** One form and several buttons: to look at what was typed, to have it sent to oneself, and to save it. */
async function answer(db: Db, layouts: Layouts, req: Request, res: Response): Promise<void> {
  const kind = String(req.params.kind)
  const keys = (await textsOf(db, layouts, kind)).map(({ key }) => key)
  const typed = Object.fromEntries(keys.map((key, at) => [key, typedIn(req, fieldOf(at))]))
  const form = emptyForm(Object.fromEntries(keys.map((key, at) => [fieldOf(at), typed[key] ?? ''])))
  const faults = faultsIn(layouts, kind, typed)
  if (faults) {
    const errors = Object.fromEntries(keys.flatMap((key, at) => (faults[key] ? [[fieldOf(at), faults[key]]] : [])))
    return show(db, layouts, req, res.status(422), { form: withErrors(form, errors as Record<string, Message>) })
  }
  if (req.body.do === 'html')
    return showHtml(
      res,
      (await previewsOf(db, layouts, kind, typed)).map(({ html }) => html),
    )
  if (req.body.do === 'text')
    return show(db, layouts, req, res, { form, previews: await previewsOf(db, layouts, kind, typed) })
  if (req.body.do === 'test') {
    notify(req, await tryOut(db, layouts, { kind, typed, to: req.viewer.member?.email ?? '' }))
    return show(db, layouts, req, res, { form })
  }
  await saveTexts(db, layouts, kind, typed)
  notify(req, { kind: 'success', message: msg('admin.mail_text_saved') })
  res.redirect(303, `${here}/${kind}`)
}

/** Browsers send line breaks as two characters. */
function typedIn(req: Request, field: string): string {
  const value: unknown = req.body?.[field]
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : ''
}

async function tryOut(db: Db, layouts: Layouts, what: Parameters<typeof sendExamples>[2]) {
  try {
    const [first] = await sendExamples(db, layouts, what)
    const args = { address: what.to, answer: first?.answer ?? '' }
    const message = msg(first?.sent ? 'admin.mail_tested' : 'admin.mail_kept', args)
    return { kind: first?.sent ? 'success' : 'info', message } as const
  } catch (failure) {
    if (!(failure instanceof MailFailure)) throw failure
    return { kind: 'danger', message: msg('admin.mail_test_failed', { answer: failure.message }) } as const
  }
}

/** As a mail program shows it: it brings styles of its own, so it may do nothing else, and nothing on this forum. */
function showHtml(res: Response, mails: readonly string[]): void {
  res.set({
    'Content-Security-Policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'Cache-Control': 'no-store',
  })
  res.type('html').send(mails.join('\n'))
}
