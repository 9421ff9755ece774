import { type Request, type Response, Router } from 'express'
import { type Message, msg } from '../../../platform/errors.ts'
import { emptyForm, type Form, type FormView, idOf, notify, readForm, submit } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { forumTree } from '../../forums/index.ts'
import {
  addRule,
  allRules,
  changeRule,
  composeRule,
  countHits,
  deleteRule,
  fieldsOf,
  findRule,
  type Rule,
  type RuleText,
  ruleForm,
  switchRule,
  type Tried,
  tryRule,
} from '../../rules/index.ts'
import { forumList } from '../forums.ts'
import { type Change, logDeed } from '../log/entry.ts'
import { logNow, passOver, pathOf } from './log.ts'
import { type AdminDeps, adminPage, sayGone } from './page.ts'

const room = 'rules' as const
const here = '/admin/rules'
const month = 30 * 24 * 60 * 60_000

type Sent = Form<Parameters<typeof composeRule>[0]>

/** `/admin/rules`: what the forum does by itself with posts that are described here. */
export function ruleRoutes({ db }: AdminDeps): Router {
  const router = Router()

  router.get('/rules', async (req, res) => {
    const counts = await countHits(db, Date.now() - month)
    const forums = (await forumTree(db)).byId
    const rules = (await allRules(db)).map(rule => ({
      ...rule,
      hits: counts.get(rule.id) ?? 0,
      isNowhere: rule.forums.length > 0 && !rule.forums.some(id => forums.has(id)),
    }))
    await adminPage(req, res, 'rules', { room, title: 'admin.rules', rules })
  })

  router.get('/rules/new', (req, res) => editPage(db, req, res, { rule: null, form: emptyForm() }))

  router.post('/rules/new', async (req, res) => {
    const sent: Sent = readForm(ruleForm, req.body)
    if (req.body?.try !== undefined) return tryPage(db, req, res, null, sent)
    const { done: id, form } = await submit(sent, values => addRule(db, composeRule(values)))
    if (form) return editPage(db, req, res.status(422), { rule: null, form })
    const rule = await findRule(db, id)
    const message = msg('rules.added', { rule: rule.name })
    await logWith(db, req, message, await changesOf(db, req, null, rule))
    notify(req, { kind: 'success', message })
    res.redirect(303, `${here}/${id}`)
  })

  router.get('/rules/:id', async (req, res) => {
    const rule = await findRule(db, idOf(req))
    await editPage(db, req, res, { rule, form: emptyForm(fieldsOf(rule)) })
  })

  router.post('/rules/:id', async (req, res) => {
    const rule = await findRule(db, idOf(req))
    const sent: Sent = readForm(ruleForm, req.body)
    if (req.body?.try !== undefined) return tryPage(db, req, res, rule, sent)
    const { done: before, form } = await submit(sent, values => changeRule(db, rule.id, composeRule(values)))
    if (form) return editPage(db, req, res.status(422), { rule, form })
    const changes = await changesOf(db, req, before, await findRule(db, rule.id))
    const message = msg(changes.length > 0 ? 'rules.changed' : 'rules.unchanged', { rule: before.name })
    if (changes.length > 0) await logWith(db, req, message, changes)
    else passOver(req)
    notify(req, { kind: 'success', message })
    res.redirect(303, `${here}/${rule.id}`)
  })

  return router.use(switchRoutes(db))
}

function switchRoutes(db: Db): Router {
  const router = Router()
  router.post('/rules/:id/switch', async (req, res) => {
    const rule = await findRule(db, idOf(req))
    const on = req.body?.on === '1'
    const message = msg(on ? 'rules.switched_on' : 'rules.switched_off', { rule: rule.name })
    passOver(req)
    if (await switchRule(db, rule.id, on, req.viewer.member?.id ?? 0)) {
      const said = (isOn: boolean) => req.t(isOn ? 'rules.on' : 'rules.off')
      await logWith(db, req, message, [{ key: 'state', label: 'rules.state', from: said(!on), to: said(on) }])
    }
    notify(req, { kind: 'success', message })
    res.redirect(303, `${here}/${rule.id}`)
  })

  router.post('/rules/:id/delete', async (req, res) => {
    const rule = await deleteRule(db, idOf(req))
    if (!rule) return sayGone(req, res, here)
    const message = msg('rules.deleted', { rule: rule.name })
    await logWith(db, req, message, await changesOf(db, req, rule, null))
    notify(req, { kind: 'success', message })
    res.redirect(303, here)
  })
  return router
}

/** Shows what the rule would have done, with everything that was typed; nothing is kept. */
async function tryPage(db: Db, req: Request, res: Response, rule: Rule | null, sent: Sent): Promise<void> {
  const { done, form } = await submit(sent, async values => {
    const text = composeRule(values)
    return { action: text.action, tried: await tryRule(db, req.viewer, text) }
  })
  if (form) return editPage(db, req, res.status(422), { rule, form })
  await logNow(db, req, msg('rules.tried_log', { rule: sent.values?.name ?? '' }))
  await editPage(db, req, res, { rule, form: sent, ...done })
}

interface Shown {
  readonly rule: Rule | null
  readonly form: FormView
  readonly tried?: Tried
  readonly action?: RuleText['action']
}

async function editPage(db: Db, req: Request, res: Response, shown: Shown): Promise<void> {
  const open = (await forumList(db)).map(({ forum }) => forum).filter(({ kind }) => kind === 'forum')
  // One that was deleted stays ticked until somebody takes it out: a rule of no forum would be one of every forum.
  const gone = (shown.rule?.forums ?? []).filter(id => !open.some(forum => forum.id === id))
  const forums = [...open, ...gone.map(id => ({ id, name: req.t('rules.forum_deleted', { id }) }))]
  const title = shown.rule ? 'rules.edit' : 'rules.new'
  await adminPage(req, res, 'rule', { room, title, forums, tried: null, action: null, ...shown })
}

async function logWith(db: Db, req: Request, message: Message, changes: readonly Change[]): Promise<void> {
  passOver(req)
  await logDeed(db, { by: req.viewer.member?.id ?? 0, path: pathOf(req), message, changes })
}

/** What differs between a rule before and after, in the administrator's words. */
async function changesOf(db: Db, req: Request, before: RuleText | null, after: RuleText | null): Promise<Change[]> {
  const names = new Map((await forumList(db)).map(({ forum }) => [forum.id, forum.name]))
  const [from, to] = [before, after].map(rule => (rule ? { ...fieldsOf(rule), ...spoken(req, rule, names) } : {}))
  const keys = Object.keys({ ...from, ...to })
  const value = (fields: typeof from, key: string) =>
    String(fields?.[key as keyof typeof fields] ?? '').replaceAll('\n', ', ')
  return keys.flatMap(key => {
    const [was, is] = [value(from, key), value(to, key)]
    return was === is ? [] : [{ key, label: `rules.${key}`, from: was, to: is }]
  })
}

function spoken({ t }: Request, { action, writers, forums }: RuleText, names: ReadonlyMap<number, string>) {
  const places = forums.map(id => names.get(id) ?? t('rules.forum_deleted', { id })).join(', ')
  return {
    action: t(`rules.action_${action}`),
    writers: t(`rules.writers_${writers}`),
    forums: places || t('rules.everywhere'),
  }
}
