import { type Request, type Response, Router } from 'express'
import { msg, NotFound } from '../../../platform/errors.ts'
import { emptyForm, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import { inTransaction } from '../../../platform/store/index.ts'
import { allGroups } from '../../groups/index.ts'
import {
  type Act,
  addStep,
  allSavedActs,
  changeStep,
  deleteSavedAct,
  findSavedAct,
  insertSavedAct,
  markOf,
  renameSavedAct,
  type SavedAct,
  savedActForm,
  storableAct,
  storableActs,
} from '../../moderation/index.ts'
import { forumList } from '../forums.ts'
import { type AdminDeps, adminPage, sayGone } from './page.ts'

const room = 'routines' as const
const here = '/admin/routines'

interface Shown {
  readonly saved: SavedAct | null
  readonly form?: FormView
  /** The act that is about to be added, with its form. */
  readonly adding?: Act
  readonly stepForm?: FormView
}

/** `/admin/routines`: several acts on a topic under one name. */
export function savedActRoutes({ db }: AdminDeps): Router {
  const router = Router()

  const show = async (req: Request, res: Response, { saved, ...shown }: Shown) => {
    const forums = (await forumList(db)).map(({ forum }) => ({ forum, open: forum.kind === 'forum' }))
    const groups = (await allGroups(db)).filter(({ kind }) => kind !== 'guests')
    const title = saved ? 'moderation.saved_edit' : 'moderation.saved_new'
    const form = emptyForm(saved ? { name: saved.name, groups: saved.groups.map(String) } : {})
    const page = { form, mark: markOf(saved?.steps ?? []), adding: null, stepForm: emptyForm(), ...shown }
    await adminPage(req, res, 'routine', { room, title, saved, forums, groups, acts: storableActs, ...page })
  }
  const done = (req: Request, res: Response, key: string, { name }: Pick<SavedAct, 'name'>, to: string) => {
    notify(req, { kind: 'success', message: msg(key, { saved: name }) })
    res.redirect(303, to)
  }

  router.get('/routines', async (req, res) => {
    await adminPage(req, res, 'routines', { room, title: 'admin.routines', list: await allSavedActs(db) })
  })

  router.get('/routines/new', (req, res) => show(req, res, { saved: null }))

  router.post('/routines/new', async (req, res) => {
    const { done: id, form } = await submit(readForm(savedActForm, req.body), values =>
      insertSavedAct(db, values, Date.now()),
    )
    if (form) return show(req, res.status(422), { saved: null, form })
    done(req, res, 'moderation.saved_added', await findSavedAct(db, id), `${here}/${id}`)
  })

  router.get('/routines/:id', async (req, res) => {
    await show(req, res, { saved: await findSavedAct(db, idOf(req)), adding: storableAct(req.query.add) })
  })

  router.post('/routines/:id', async (req, res) => {
    const saved = await findSavedAct(db, idOf(req))
    const { form } = await submit(readForm(savedActForm, req.body), values =>
      inTransaction(db, tx => renameSavedAct(tx, saved.id, values)),
    )
    if (form) return show(req, res.status(422), { saved, form })
    done(req, res, 'moderation.saved_changed', saved, `${here}/${saved.id}`)
  })

  router.post('/routines/:id/steps', async (req, res) => {
    const saved = await findSavedAct(db, idOf(req))
    const adding = storableAct(req.body?.act)
    if (!adding) throw new NotFound()
    const sent = readForm(adding.schema, req.body)
    const { form } = await submit(sent, () =>
      addStep(db, saved.id, { act: adding.name, fields: fieldsIn(adding, sent) }, req.body.mark),
    )
    if (form) return show(req, res.status(422), { saved, adding, stepForm: form })
    done(req, res, 'moderation.saved_step_added', saved, `${here}/${saved.id}`)
  })

  router.post('/routines/:id/steps/:at', async (req, res) => {
    const saved = await findSavedAct(db, idOf(req))
    if (!/^\d{1,2}$/.test(req.params.at)) throw new NotFound()
    const how = req.body?.how === 'remove' ? 'remove' : 'earlier'
    if (!(await changeStep(db, saved.id, { at: Number(req.params.at), how, mark: req.body?.mark }))) {
      notify(req, { kind: 'info', message: msg('moderation.handled_meanwhile', { n: 1 }) })
      return res.redirect(303, `${here}/${saved.id}`)
    }
    done(req, res, 'moderation.saved_changed', saved, `${here}/${saved.id}`)
  })

  router.post('/routines/:id/delete', async (req, res) => {
    const saved = await deleteSavedAct(db, idOf(req))
    if (!saved) return sayGone(req, res, here)
    done(req, res, 'moderation.saved_deleted', saved, here)
  })

  return router
}

/** What was filled in, as it was: it is read again whenever it is done. */
function fieldsIn({ fields }: Act, { typed }: FormView): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name }) => (typeof typed[name] === 'string' && typed[name] !== '' ? [[name, typed[name]]] : [])),
  )
}
