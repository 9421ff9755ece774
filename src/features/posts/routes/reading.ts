import { type Request, type Response, Router } from 'express'
import { NotFound } from '../../../platform/errors.ts'
import { idFrom, idOf, page, pageNumber } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { prefixOf } from '../../forums/index.ts'
import { settings } from '../../settings/index.ts'
import {
  badgesOf,
  breadcrumbOf,
  findTopic,
  isReader,
  isRejected,
  menuIn,
  pathOfPage,
  redirectToOwnPath,
  requireSeen,
  type Topic,
  topicLabels,
  topicPath,
} from '../../topics/index.ts'
import { topicOnPage } from '../queries/topic-page.ts'
import { addressOfLast, addressOfNews, addressOfPost } from '../reading/permalink.ts'
import { ownMenus, postView } from '../reading/post-view.ts'
import { emptyTopicPage, type TopicPageSlots } from '../reading/slots.ts'
import { markPageRead, type TopicPage, topicPage } from '../reading/topic-page.ts'
import type { ViewCounter } from '../reading/view-counter.ts'
import { embedsFor } from './embeds.ts'
import { replyBoxOn } from './filling.ts'
import { sharePage } from './share.ts'
import type { WritingSlots } from './slots.ts'

export interface ReadingDeps {
  readonly db: Db
  readonly views: ViewCounter
  /** What stands in the reply box. */
  readonly writing: WritingSlots
  readonly slots?: Partial<TopicPageSlots>
}

/** Topics page by page, and the links to single posts. */
export function readingRouter(deps: ReadingDeps): Router {
  const { db, views } = deps
  const router = Router()

  router.get('/post/:id', async (req, res) => {
    res.redirect(302, await addressOfPost(db, req.viewer, idOf(req)))
  })

  router.get('/post/:id/share', sharePage({ db }))

  router.get('/topic/:id', async (req, res) => {
    const found = await topicOnPage.first(db, { id: idOf(req) })
    if (found && found.merged_into_id !== null) return leadOn(res, await standingAddress(db, req, found))
    const topic = requireSeen(req.viewer, found)
    const elsewhere = await addressAsked(db, req, topic)
    if (elsewhere) return res.redirect(302, elsewhere)
    if (redirectToOwnPath(req, res, topicPath(topic))) return
    const shown = await topicPage(db, req.viewer, topic, pageNumber(req))
    if (shown.page > shown.pages) return res.redirect(302, pathOfPage(shown.path, shown.pages))
    if (isReader(req)) {
      views.count(topic.id)
      await markPageRead(db, req.viewer, shown)
    }
    await showTopic(deps, req, res, shown)
  })

  return router
}

/** Where a topic's posts stand since it was merged: the post that is asked for, else the topic. Throws as `findTopic`. */
async function standingAddress(db: Db, req: Request, { id }: Topic): Promise<string> {
  const topic = await findTopic(db, req.viewer, id)
  return (await addressAsked(db, req, topic)) ?? topicPath(topic)
}

/** Browsers must not keep it: the merge may be undone. */
function leadOn(res: Response, path: string): void {
  res.set('Cache-Control', 'no-cache').redirect(301, path)
}

/** The addresses of other forum software: `?do=findComment&comment=678` and what leads to the newest posts. */
async function addressAsked(db: Db, req: Request, topic: Topic): Promise<string | null> {
  switch (req.query.do) {
    case 'findComment': {
      const id = idFrom(req.query.comment)
      if (id === null) throw new NotFound()
      return addressOfPost(db, req.viewer, id)
    }
    case 'getNewComment':
      return addressOfNews(db, req.viewer, topic)
    case 'getLastComment':
      return addressOfLast(db, topic)
    default:
      return null
  }
}

async function showTopic(deps: ReadingDeps, req: Request, res: Response, shown: TopicPage): Promise<void> {
  const { viewer, t } = req
  const { topic, path } = shown
  const slots = { ...emptyTopicPage, ...deps.slots }
  const box = await replyBoxOn({ db: deps.db, slots: deps.writing }, req, shown.forum, topic)
  const own = await ownMenus(deps.db, viewer, shown)
  const menus = await slots.postMenus(viewer, topic, shown.posts)
  const reports = await slots.reportPaths(viewer, shown.posts)
  const embeds = await embedsFor(
    deps.db,
    req,
    shown.posts.map(({ html }) => html),
  )
  const signatures = (await settings(deps.db)).signatures && !viewer.member?.hidesSignatures
  await page(res, 'posts/topic', {
    meta: { ...metaOf(req, shown), noStore: box.kept != null },
    shown,
    prefix: prefixOf(shown.forum, topic),
    labels: badgesOf(topicLabels(topic), t),
    posts: shown.posts.map((post, at) => ({
      post: { ...postView(shown, post, { viewer, t, signatures }), pieces: embeds.get(at) },
      acts: menuIn(t, own.get(post.id) ?? [], menus.get(post.id) ?? []),
      quoteHref: box.way && post.position !== null ? quotePath(shown, post.id) : undefined,
      reportHref: reports.get(post.id),
    })),
    menu: await slots.topicMenu(viewer, topic),
    selectBar: await slots.postBar(viewer, topic),
    rejected: isRejected(topic),
    notices: await slots.notices(viewer, topic),
    beside: await slots.beside(viewer, topic),
    nextHref: `${path}next`,
    previousHref: `${path}previous`,
    box,
  })
}

function quotePath({ path, page: number }: TopicPage, postId: number): string {
  const here = pathOfPage(path, number)
  return `${here}${here.includes('?') ? '&' : '?'}quote=${postId}#reply`
}

function metaOf(req: Request, { topic, forum, path, page: number, description }: TopicPage) {
  return {
    title: number > 1 ? req.t('topics.title_of_page', { title: topic.title, page: number }) : topic.title,
    description,
    canonical: pathOfPage(path, number),
    noindex: req.query.quote !== undefined,
    breadcrumb: breadcrumbOf(req, [...forum.ancestors, forum]),
    place: forum.id,
  }
}
