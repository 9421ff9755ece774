import { randomUUID } from 'node:crypto'
import { type Request, type Response, Router } from 'express'
import { msg, NotFound, SignInNeeded } from '../../../platform/errors.ts'
import { changeNotices, type FormView, notify, page, readForm, submit } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { confirmedUntil } from '../../accounts/index.ts'
import type { Act, ConfirmPassword, Preview } from '../act.ts'
import type { Reasoned } from '../forms.ts'
import { actPath } from '../menus/menus.ts'
import { type Said, saidOf, saidOfUndo, undoPath } from '../notices.ts'
import { actPage } from '../pages/act-page.ts'
import { performAct, previewAct, targetsFor } from '../performing/perform.ts'
import { undoActs } from '../performing/undo.ts'
import { actNamed } from '../registry.ts'
import type { Ref } from '../targets/target.ts'
import { confirmPath } from './confirm.ts'
import { batchesIn, foldOffers } from './fold-offers.ts'
import { cameFrom, idsIn, refsIn } from './refs.ts'
import { batchOf, dropOffers, submissionIn } from './sent-twice.ts'

export interface ActsDeps {
  readonly db: Db
  readonly confirmPassword: ConfirmPassword
  /** Of the proxies in front of this forum: addresses and ranges. */
  readonly proxies?: readonly string[]
}

/** What every act and its Undo are sent to. */
export function actRoutes({ db, confirmPassword }: ActsDeps): Router {
  const router = Router()

  const ask = async (
    req: Request,
    res: Response,
    { act, refs }: Asked,
    form: FormView,
    preview: Preview | null = null,
  ) => {
    const { missed, ...asked } = await actPage(db, req.viewer, act, refs)
    if (asked.items.length === 0) return sayAndReturn(req, res, saidOf(act, { batch: '', done: [], missed }, ''))
    const meta = { title: req.t(asked.heading.key, asked.heading.args), noindex: true, narrow: true }
    const submission = submissionIn(req) ?? randomUUID()
    await page(res, 'moderation/act', {
      meta,
      ...asked,
      form,
      preview,
      submission,
      action: actPath,
      back: cameFrom(req),
    })
  }

  /** Throws what refuses the first where nothing can be done to any: before anybody is asked for a password. */
  const demandSome = async (req: Request, { act, refs }: Asked) => {
    const { targets, missed } = await targetsFor(db, req.viewer, act, refs)
    if (targets.length === 0 && missed[0]) throw missed[0].why
  }

  router.get(actPath, async (req, res) => {
    const { act, refs } = orderIn(req, req.query)
    if (refs.length === 0) throw new NotFound()
    await demandSome(req, { act, refs })
    if (asksAgain(req, act)) return leadToPassword(res, req.originalUrl)
    await ask(req, res, { act, refs }, { typed: typedIn(act, req.query), errors: null })
  })

  router.post(actPath, async (req, res) => {
    if (req.body.act === '')
      return sayAndReturn(req, res, [{ kind: 'info', message: msg('moderation.nothing_chosen') }])
    const { act, refs } = orderIn(req, req.body)
    if (refs.length === 0) return sayAndReturn(req, res, [{ kind: 'info', message: msg('moderation.nothing_checked') }])
    if (asksAgain(req, act)) {
      await demandSome(req, { act, refs })
      return leadToPassword(res, pathOf(req, { act, refs }))
    }
    if (act.fields.some(field => !field.extra && req.body[field.name] === undefined))
      return ask(req, res, { act, refs }, { typed: carriedIn(act, req.body), errors: null })
    const read = readForm(act.schema, req.body)
    const { done, form } = await submit(read, async values => {
      const order = {
        act,
        refs,
        input: values as Reasoned,
        confirmPassword,
        sentAs: batchOf(req, act.name, typedIn(act, req.body)),
      }
      const preview = await previewAct(db, req.viewer, order)
      if (preview && req.body.sure !== preview.sure) return { preview }
      return performAct(db, req.viewer, order)
    })
    if (form) return ask(req, res.status(422), { act, refs }, form)
    if ('preview' in done) return ask(req, res, { act, refs }, { typed: read.typed, errors: null }, done.preview)
    sayAndReturn(req, res, saidOf(act, done, cameFrom(req)))
  })

  router.post(undoPath, async (req, res) => {
    const batch = typeof req.body.batch === 'string' ? req.body.batch : undefined
    const entries = idsIn(req.body.entry)
    if (!batch && entries.length === 0) {
      return sayAndReturn(req, res, [{ kind: 'info', message: msg('moderation.nothing_checked') }])
    }
    const outcome = await undoActs(db, req.viewer, { batch, entries })
    dropOffers(req, batch ? [batch] : [])
    sayAndReturn(req, res, saidOfUndo(outcome))
  })

  return router
}

interface Asked {
  readonly act: Act
  readonly refs: readonly Ref[]
}

function orderIn(req: Request, source: Readonly<Record<string, unknown>>): Asked {
  const act = actNamed(source.act)
  if (!act) throw new NotFound()
  if (!req.viewer.member) throw new SignInNeeded()
  // Some stand in the registry only for their sentence in the log, and have a page of their own.
  if (act.targets.length === 0) throw new NotFound()
  return { act, refs: refsIn(source) }
}

function asksAgain(req: Request, { sudo = false }: Act): boolean {
  return sudo && Date.now() >= confirmedUntil(req)
}

function leadToPassword(res: Response, path: string): void {
  res.set('Cache-Control', 'no-store').redirect(303, `${confirmPath}?return=${encodeURIComponent(path)}`)
}

/** The page that asks before an act, with what was typed there. */
function pathOf(req: Request, { act, refs }: Asked): string {
  const chosen = refs.map(({ kind, id }): [string, string] => [kind, String(id)])
  const typed = Object.entries(typedIn(act, req.body))
  return `${actPath}?${new URLSearchParams([['act', act.name], ...chosen, ...typed, ['return', cameFrom(req)]])}`
}

/** What the button sent along that nobody types. */
function carriedIn({ fields }: Act, source: Readonly<Record<string, unknown>>): Record<string, string> {
  const hidden = fields.filter(({ control }) => control === 'hidden')
  return Object.fromEntries(hidden.map(({ name }) => [name, String(source[name] ?? '')]))
}

function typedIn({ fields }: Act, source: Readonly<Record<string, unknown>>): Record<string, string> {
  const open = fields.filter(({ control }) => control !== 'password')
  return Object.fromEntries(
    open.flatMap(({ name }) => (typeof source[name] === 'string' ? [[name, source[name]]] : [])),
  )
}

function sayAndReturn(req: Request, res: Response, said: readonly Said[]): void {
  dropOffers(req, batchesIn(said))
  for (const one of said) notify(req, one)
  changeNotices(req, notices => foldOffers(notices, `/modcp/log/?by=${req.viewer.member?.id}`))
  res.redirect(303, cameFrom(req))
}
