import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Request, type Response, Router } from 'express'
import { type Message, msg, type Refusal } from '../../../platform/errors.ts'
import { idFrom, type Notice, notify, readForm, returnPath } from '../../../platform/http/index.ts'
import { allGroups } from '../../groups/index.ts'
import { actPath } from '../../moderation/index.ts'
import { memberGroupForm } from '../forms.ts'
import { type Criteria, cursorIn, memberSearchForm, memberStates, seenSpans } from '../members/criteria.ts'
import { csvOf } from '../members/csv.ts'
import { listPage } from '../members/list-page.ts'
import { type Many, putIntoGroup, sendToApproval } from '../members/many.ts'
import { logNow, logPath, passOver } from './log.ts'
import { type AdminDeps, adminPage } from './page.ts'

const here = '/admin/members'
const mostAtOnce = 100

/** `/admin/members`: found by anything, ordered, written to a file, and several of them changed at once. */
export function membersRoutes({ db }: AdminDeps): Router {
  const router = Router()

  router.get('/members', async (req, res) => {
    const { criteria, order, place } = memberSearchForm.parse(req.query)
    const cursor = cursorIn(place.after, order.by, false) ?? cursorIn(place.before, order.by, true)
    const list = await listPage(db, criteria, order, cursor)
    const groups = (await allGroups(db)).filter(({ kind }) => kind !== 'guests')
    await adminPage(req, res, 'members', {
      room: 'members',
      title: 'admin.members',
      list,
      order,
      groups,
      states: memberStates,
      spans: seenSpans,
      asked: fieldsOf(req.query),
      isFirst: cursor === null,
      actPath,
    })
  })

  router.post('/members/group', async (req, res) => {
    const ids = chosen(req)
    const { values } = readForm(memberGroupForm, req.body)
    if (ids.length === 0 || !values) return sayNothing(req, res, ids.length === 0 ? 'none_chosen' : 'group_missing')
    const group = (await allGroups(db)).find(({ id, kind }) => id === values.group && kind !== 'guests')
    if (!group) return sayNothing(req, res, 'group_missing')
    const many = await putIntoGroup(db, req.viewer, ids, group)
    if (many.entry !== null) passOver(req)
    const undo =
      many.entry === null
        ? undefined
        : { action: `${logPath}/${many.entry}/undo`, fields: { return: returnPath(req, here) } }
    sayMany(req, many, msg('admin.many_grouped', { count: many.done.length, group: group.name }), undo)
    res.redirect(303, returnPath(req, here))
  })

  router.post('/members/approval', async (req, res) => {
    const ids = chosen(req)
    if (ids.length === 0) return sayNothing(req, res, 'none_chosen')
    const many = await sendToApproval(db, req.viewer, ids)
    sayMany(req, many, msg('admin.many_wait', { count: many.done.length }))
    res.redirect(303, returnPath(req, here))
  })

  router.post('/members.csv', async (req, res) => {
    const ids = chosen(req)
    const { criteria } = memberSearchForm.parse(req.body ?? {})
    const { total, lines } = await csvOf(db, ids.length > 0 ? onlyThese(ids) : criteria)
    await logNow(db, req, msg('admin.log_csv', { count: total }))
    res.set({
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="members-${new Date().toISOString().slice(0, 10)}.csv"`,
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
    })
    await pipeline(Readable.from(lines), res).catch(error => {
      // Whoever went away in the middle of a download is no fault of ours.
      if (!res.destroyed) throw error
    })
  })
  return router
}

/** What was asked for, as its fields hold it. */
function fieldsOf(query: Request['query']): Record<string, string> {
  const names = ['q', 'group', 'state', 'joined_from', 'joined_to', 'seen', 'posts_from', 'posts_to', 'by', 'way']
  return Object.fromEntries(
    names.flatMap(name => {
      const value = query[name]
      return typeof value === 'string' && value !== '' ? [[name, value.slice(0, 100)]] : []
    }),
  )
}

function chosen(req: Request): number[] {
  const ids = [req.body?.member].flat().flatMap(one => idFrom(one) ?? [])
  return [...new Set(ids)].slice(0, mostAtOnce)
}

function onlyThese(ids: readonly number[]): Criteria {
  const { criteria } = memberSearchForm.parse({})
  return { ...criteria, ids }
}

function sayNothing(req: Request, res: Response, phrase: string): void {
  notify(req, { kind: 'info', message: msg(`admin.${phrase}`) })
  res.redirect(303, returnPath(req, here))
}

function sayMany(req: Request, { done, why, missed }: Many, message: Message, undo?: Notice['undo']): void {
  if (done.length > 0) notify(req, { kind: 'success', message, ...(undo && { undo }) })
  if (missed > 0) notify(req, { kind: 'warning', message: msg('admin.many_missed', { count: missed }) })
  for (const refusal of why) notify(req, { kind: 'warning', message: reasonOf(refusal) })
}

function reasonOf({ reason }: Refusal): Message {
  return reason ?? msg('admin.already_gone')
}
