import type { Request, RequestHandler, Response } from 'express'
import { quotesIn, toMarkdown } from '../../../content/index.ts'
import { Invalid, msg } from '../../../platform/errors.ts'
import {
  type Form,
  type FormView,
  idOf,
  notify,
  page,
  readForm,
  tellSent,
  withErrors,
} from '../../../platform/http/index.ts'
import { forumTree, prefixOf } from '../../forums/index.ts'
import { isOwn } from '../../members/index.ts'
import { settings } from '../../settings/index.ts'
import { composePost } from '../compose-post.ts'
import { EditedMeanwhile, editPost } from '../edits/edit-post.ts'
import { type OpenEdit, openEdit } from '../edits/open-edit.ts'
import { countWork } from '../flood.ts'
import { type EditValues, editForm, longestReason } from '../forms.ts'
import { postPath } from '../places.ts'
import { latestEdit } from '../queries/edits.ts'
import { type KeptText, uploadsFor } from '../reply-box.ts'
import { breadcrumbTo } from './breadcrumb.ts'
import { withEmbeds } from './embeds.ts'
import { askedDraft } from './filling.ts'
import { carriedFrom, isAboutPlace, isPassing, showLost } from './lost.ts'
import type { WritingDeps } from './slots.ts'

interface Shown {
  readonly form: FormView
  /** What was saved while it was typed; undefined: nobody has looked. */
  readonly kept?: KeptText | null
  /** Nobody has typed anything yet: the form holds the post's own text. */
  readonly isFresh?: boolean
  readonly preview?: { readonly title?: string; readonly html: string }
  /** Someone else's text that was saved meanwhile. */
  readonly meanwhile?: {
    readonly name: string
    readonly at: number
    readonly title: string | null
    readonly html: string
  }
}

/** GET: the form with the post's text. */
export function editPage(deps: WritingDeps): RequestHandler {
  return async (req, res) => {
    const edit = await openEdit(deps.db, req.viewer, idOf(req))
    const place = `post:${edit.post.id}` as const
    const carried = (await deps.slots.carriedText(req, place)) ?? (await askedDraft(deps.slots, req, place))
    const kept = await deps.slots.keptText(req.viewer, place)
    const { body, format } = carried ?? { body: await toMarkdown(edit.html), format: 'markdown' }
    const typed: FormView['typed'] = { body, format, base: String(edit.base) }
    if (edit.title !== null) typed.title = carried?.title ?? edit.title
    typed.had_prefix = String(prefixOf(await forumOf(deps, edit), edit.topic)?.id ?? '')
    typed.prefix = carried?.prefix ? String(carried.prefix) : typed.had_prefix
    await showEdit(deps, req, res, edit, { form: { typed, errors: null }, kept, isFresh: !carried })
  }
}

/** POST: saves, or shows the form again; a text that cannot be saved any more is given back. */
export function sendEdit(deps: WritingDeps): RequestHandler {
  return async (req, res) => {
    const carried = carriedFrom(req, `post:${idOf(req)}`)
    if (!req.viewer.member) return deps.slots.askToSignIn(req, res, carried)
    try {
      const edit = await openEdit(deps.db, req.viewer, idOf(req))
      const { title_max_length } = await settings(deps.db)
      const form = readForm(editForm(edit.title === null ? null : title_max_length), req.body)
      await answerEdit(deps, req, res, edit, form)
    } catch (error) {
      if (res.headersSent || !isAboutPlace(error) || carried.body.trim() === '') throw error
      await showLost(deps, req, res, carried, error)
    }
  }
}

async function answerEdit(
  deps: WritingDeps,
  req: Request,
  res: Response,
  edit: OpenEdit,
  form: Form<EditValues>,
): Promise<void> {
  const files = req.uploadFault
  if (form.errors || files) {
    const errors = { ...form.errors, ...(files && { files }) }
    return showEdit(deps, req, res.status(422), edit, { form: withErrors(form, errors) })
  }
  const { values } = form
  if (values.upload !== undefined) return showEdit(deps, req, res, edit, { form })
  try {
    await countWork(deps.db, req.viewer, values.body, values.preview !== undefined)
    if (values.preview !== undefined) {
      const { html } = await composePost(deps.db, values, {
        viewer: req.viewer,
        quoted: quotesIn(edit.post.html),
        postId: edit.post.id,
      })
      return await showEdit(deps, req, res, edit, {
        form,
        preview: await withEmbeds(deps.db, req, { title: values.title, html }),
      })
    }
    const place = `post:${edit.post.id}` as const
    const { undecided } = values
    const { prefix, had_prefix, ...typed } = values
    const draft = { ...typed, ...(prefix !== had_prefix && { prefix }) }
    const { outcome } = await editPost(deps.db, req.viewer, edit.post, draft, tx =>
      deps.slots.dropSent(tx, req.viewer, { place, undecided }),
    )
    tellSent(res, place)
    if (outcome === 'proposed') notify(req, { kind: 'info', message: msg('posts.edit_waits') })
    res.redirect(303, postPath(edit.post))
  } catch (error) {
    await showAgain(deps, req, res, { edit, form }, error)
  }
}

async function showAgain(
  deps: WritingDeps,
  req: Request,
  res: Response,
  { edit, form }: { edit: OpenEdit; form: FormView },
  error: unknown,
): Promise<void> {
  if (error instanceof Invalid) {
    return showEdit(deps, req, res.status(422), edit, { form: withErrors(form, error.errors) })
  }
  if (error instanceof EditedMeanwhile) return showMeanwhile(deps, req, res.status(409), edit.post.id, form)
  if (!isPassing(error)) throw error
  res.status(error.status).set('Retry-After', String(error.retryAfter))
  await showEdit(deps, req, res, edit, { form: withErrors(form, { '': error.reason ?? msg('posts.try_again') }) })
}

/** The own text stays in the form; saving it again is then a decision. */
async function showMeanwhile(deps: WritingDeps, req: Request, res: Response, postId: number, form: FormView) {
  const edit = await openEdit(deps.db, req.viewer, postId)
  const by = await latestEdit(deps.db, postId)
  const title = edit.title === null || edit.title === form.typed.title ? null : edit.topic.title
  await showEdit(deps, req, res, edit, {
    form: { typed: { ...form.typed, base: String(edit.base) }, errors: null },
    meanwhile: { name: by?.name ?? '', at: by?.at ?? edit.post.created_at, title, html: edit.post.html },
  })
}

async function forumOf({ db }: WritingDeps, { topic }: OpenEdit) {
  return (await forumTree(db)).byId.get(topic.forum_id)
}

async function showEdit(deps: WritingDeps, req: Request, res: Response, edit: OpenEdit, shown: Shown): Promise<void> {
  const { topic, post } = edit
  const rules = await settings(deps.db)
  const forum = isOwn(req.viewer, post) ? await forumOf(deps, edit) : undefined
  await page(res, 'posts/edit', {
    meta: {
      title: req.t('posts.edit_heading'),
      noindex: true,
      noStore: shown.kept != null,
      breadcrumb: await breadcrumbTo(deps.db, topic),
    },
    action: `${postPath(post)}/edit`,
    back: postPath(post),
    place: `post:${post.id}`,
    hasTitle: edit.title !== null,
    prefixes: forum?.prefixes ?? [],
    prefixRequired: forum?.prefixRequired ?? false,
    isProposed: edit.isProposed,
    maxEmoji: rules.post_max_emoji,
    uploads: await uploadsFor(deps.db, req.viewer),
    longestTitle: rules.title_max_length,
    longestReason,
    preview: null,
    meanwhile: null,
    writing: {
      place: `post:${post.id}`,
      kept: shown.kept,
      fresh: shown.isFresh ?? false,
      since: post.edited_at ?? 0,
    },
    ...shown,
  })
}
