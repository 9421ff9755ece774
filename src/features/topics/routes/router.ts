import { type Request, type Response, Router } from 'express'
import { msg, SignInNeeded } from '../../../platform/errors.ts'
import { idOf, notify, page, pageNumber } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { countClick, type ForumNode, findForum, showPasswordPage, startPath } from '../../forums/index.ts'
import { settings } from '../../settings/index.ts'
import { findNeighbour } from '../find-neighbour.ts'
import { findTopic, topicPath } from '../find-topic.ts'
import { shownUntil } from '../forms.ts'
import { type ForumPage, type ForumView, forumPage } from '../forum-page.ts'
import { indexPage } from '../index-page.ts'
import { badgesOf } from '../labels.ts'
import { markAllRead, markForumRead } from '../mark-read.ts'
import { emptyForumPage, type ForumPageSlots } from '../slots.ts'
import { readForumView, viewIn } from './forum-view.ts'
import { isReader } from './is-reader.ts'
import { breadcrumbOf, pathOfPage, redirectToOwnPath } from './own-path.ts'

export interface TopicsDeps {
  readonly db: Db
  readonly slots?: Partial<ForumPageSlots>
}

/** The index, the pages of forums, and the way from one topic to the next. */
export function topicsRouter({ db, slots }: TopicsDeps): Router {
  const router = Router()
  const added = { ...emptyForumPage, ...slots }

  router.get('/', async (req, res) => {
    const { forum_name, forum_description } = await settings(db)
    const meta = { title: forum_name, description: forum_description || undefined, canonical: '/' }
    await page(res, 'topics/index', { meta, index: await indexPage(db, req.viewer), shownAt: Date.now() })
  })

  router.post('/mark-read', async (req, res) => {
    const { member } = req.viewer
    if (!member) throw new SignInNeeded()
    await markAllRead(db, member, shownUntil(req.body, Date.now()))
    notify(req, { kind: 'success', message: msg('topics.all_marked_read') })
    res.redirect(303, '/')
  })

  router.get('/forum/:id', async (req, res) => {
    if (req.viewer.locked?.has(idOf(req))) return showPasswordPage(req, res)
    const forum = await findForum(db, req.viewer, idOf(req))
    if (redirectToOwnPath(req, res, forum.path)) return
    if (forum.kind === 'link') return followLink(db, req, res, forum)
    const view = { ...viewIn(forum, readForumView(req.query, req.viewer.member !== null)), page: pageNumber(req) }
    const list = await forumPage(db, req.viewer, forum, view)
    if (view.page > list.pages) return res.redirect(302, pathOfForumPage(forum, { ...view, page: list.pages }))
    await page(res, 'topics/forum', {
      meta: metaOf(req, list),
      list,
      topics: list.topics.map(topic => ({ ...topic, labels: badgesOf(topic.labels, req.t) })),
      startHref: list.wayToStart && startPath(forum),
      menu: await added.forumMenu(req.viewer, forum),
      selectBar: await added.selectBar(req.viewer, forum),
      shownAt: Date.now(),
    })
  })

  router.post('/forum/:id/mark-read', async (req, res) => {
    if (!req.viewer.member) throw new SignInNeeded()
    const forum = await findForum(db, req.viewer, idOf(req))
    await markForumRead(db, req.viewer, forum, shownUntil(req.body, Date.now()))
    notify(req, { kind: 'success', message: msg('topics.forum_marked_read', { forum: forum.name }) })
    res.redirect(303, forum.path)
  })

  for (const side of ['next', 'previous'] as const) {
    router.get(`/topic/:id/${side}`, async (req, res) => {
      const topic = await findTopic(db, req.viewer, idOf(req))
      const neighbour = await findNeighbour(db, req.viewer, topic, side)
      const forum = await findForum(db, req.viewer, topic.forum_id)
      res.redirect(302, neighbour ? topicPath(neighbour) : forum.path)
    })
  }

  return router
}

async function followLink(db: Db, req: Request, res: Response, { id, address }: ForumNode): Promise<void> {
  if (isReader(req)) await countClick(db, id)
  res.set('Cache-Control', 'no-cache').redirect(302, address ?? '/')
}

function metaOf(req: Request, list: ForumPage) {
  const { forum, page: number } = list
  return {
    title: number > 1 ? req.t('topics.title_of_page', { title: forum.name, page: number }) : forum.name,
    description: forum.description || req.t('topics.forum_description', { forum: forum.name }),
    canonical: pathOfPage(forum.path, number),
    noindex: list.order !== forum.order || list.filter !== null || list.prefix != null,
    breadcrumb: breadcrumbOf(req, forum.ancestors),
    place: forum.id,
  }
}

function pathOfForumPage(forum: ForumNode, { page: number, order, filter, prefix }: ForumView): string {
  const sort = order === forum.order ? null : order
  return pathOfPage(forum.path, number, { sort, filter, prefix: prefix == null ? null : String(prefix) })
}
