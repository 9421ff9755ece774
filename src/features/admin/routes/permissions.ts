import { type Request, type Response, Router } from 'express'
import { type Message, msg, NotFound } from '../../../platform/errors.ts'
import { notify } from '../../../platform/http/index.ts'
import { forumTree } from '../../forums/index.ts'
import { type ForumVerb, forumVerbs } from '../../groups/index.ts'
import { changePermissions, type Wish } from '../permissions/change-permissions.ts'
import { permissionMatrix, type Said } from '../permissions/matrix.ts'
import { passOver, pathOf } from './log.ts'
import { type AdminDeps, adminPage } from './page.ts'

/** What a page shows besides what is written down: what was chosen, and in which cells somebody else chose otherwise. */
interface Chosen {
  readonly wishes: readonly Wish[]
  readonly outdated: readonly Wish[]
}

/** `/admin/permissions`: one permission at a time, groups across, forums down. */
export function permissionRoutes({ db }: AdminDeps): Router {
  const router = Router()

  const show = async (req: Request, res: Response, asked: Asked, { wishes, outdated }: Chosen) => {
    const { roots } = await forumTree(db)
    const marked = new Set(outdated.map(nameOf))
    await adminPage(req, res, 'permissions', {
      room: 'permissions',
      title: 'admin.permissions',
      verbs: forumVerbs,
      roots,
      matrix: await permissionMatrix(db, asked.verb, asked.forum),
      chosen: new Map(wishes.map(wish => [nameOf(wish), wish.is])),
      marked,
    })
  }

  const ask = async (source: Record<string, unknown>): Promise<Asked> => {
    const verb = forumVerbs.find(one => one === (source.verb ?? forumVerbs[0]))
    const forum = /^\d{1,9}$/.test(String(source.forum || 0)) ? Number(source.forum || 0) : -1
    if (!verb || (forum !== 0 && !(await forumTree(db)).byId.has(forum))) throw new NotFound()
    return { verb, forum: forum || null }
  }

  router.get('/permissions', async (req, res) => {
    await show(req, res, await ask(req.query), { wishes: [], outdated: [] })
  })

  router.post('/permissions', async (req, res) => {
    const asked = await ask(req.body)
    const wishes = wishesIn(req.body)
    passOver(req)
    const changing = { by: req.viewer.member?.id ?? 0, path: pathOf(req) }
    const { outdated } = await changePermissions(db, asked.verb, wishes, changing)
    if (outdated.length > 0) {
      notify(req, { kind: 'warning', message: changedMeanwhile(outdated) })
      return show(req, res.status(409), asked, { wishes: wishes.filter(wish => wish.is !== wish.was), outdated })
    }
    notify(req, { kind: 'success', message: msg('admin.permissions_saved') })
    res.redirect(303, `/admin/permissions?verb=${asked.verb}${asked.forum ? `&forum=${asked.forum}` : ''}`)
  })
  return router
}

interface Asked {
  readonly verb: ForumVerb
  readonly forum: number | null
}

function changedMeanwhile(outdated: readonly Wish[]): Message {
  return msg('admin.permissions_meanwhile', { n: outdated.length })
}

function nameOf({ forum, group }: Wish): string {
  return `may-${forum}-${group}`
}

/**
 * Fields are named `may-FORUM-GROUP` and say `1`, `0` or nothing; `was` lists what was said of them when the page was shown,
 * as `FORUM.GROUP.ANSWER`.
 */
function wishesIn(body: Record<string, unknown> = {}): Wish[] {
  const shown = new Map(
    [...String(body.was ?? '').matchAll(/(\d{1,9})\.(\d{1,9})\.([01])\b/g)].map(([, forum, group, answer]) => [
      `may-${forum}-${group}`,
      answerOf(answer),
    ]),
  )
  return Object.entries(body).flatMap(([name, value]) => {
    const [, forum, group] = /^may-(\d{1,9})-(\d{1,9})$/.exec(name) ?? []
    if (!forum || !group) return []
    return [{ forum: Number(forum), group: Number(group), was: shown.get(name) ?? null, is: answerOf(value) }]
  })
}

function answerOf(value: unknown): Said {
  return value === '1' ? 1 : value === '0' ? 0 : null
}
