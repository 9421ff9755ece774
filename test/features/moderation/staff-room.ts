import type { TestContext } from 'node:test'
import type { Express, Request, Response } from 'express'
import { loadViewer } from '../../../src/features/members/index.ts'
import {
  freshOffers,
  moderationRouter,
  moderationStaffMenu,
  topicPageSlots,
} from '../../../src/features/moderation/index.ts'
import { findPost } from '../../../src/features/posts/index.ts'
import { findTopic, type MenuItem, menuIn, type Topic } from '../../../src/features/topics/index.ts'
import {
  compileViews,
  createLogger,
  errorPages,
  idOf,
  noticeRoutes,
  page,
  readBodies,
  sameOrigin,
  sessions,
  setReading,
  shellSlots,
  webApp,
} from '../../../src/platform/http/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { Visitor } from '../../support/index.ts'
import { roomAssets, roomConfig, roomMember, serveRoom } from '../../support/rooms.ts'

export const rightPassword = 'the sky over Delos'

export interface StaffRoom {
  /** A member with a browser of their own; null: a guest. */
  visit(memberId: number | null): Visitor
}

/** The moderators' pages as the forum serves them, and a bare page for each topic with its menus and boxes. */
export async function staffRoom(t: TestContext, db: Db): Promise<StaffRoom> {
  const app = webApp({
    config: roomConfig,
    views: compileViews('views', { debug: true }),
    assets: roomAssets(t),
    shell: shellSlots({
      forum: () => ({ forumName: 'Stoa' }),
      member: roomMember,
      staff: [moderationStaffMenu(db)],
    }),
  })
  app.use(sessions({ db, config: roomConfig }), readBodies(), sameOrigin(roomConfig))
  app.use(async (req, _res, next) => {
    const id = Number(req.get('x-member') ?? 0)
    req.viewer = await loadViewer(db, id || null, '192.0.2.1')
    setReading(req, { locale: 'en', timeZone: 'UTC', theme: 'system' })
    next()
  })
  app.use(freshOffers({ db }), noticeRoutes())
  app.use(moderationRouter({ db, confirmPassword: async (_id, password) => password === rightPassword }))
  topicPages(app, db)
  app.use(errorPages({ logger: createLogger({ level: 'silent' }), isGuest: req => !req.viewer?.member }))
  const url = await serveRoom(t, app)
  return { visit: id => new Visitor(url, { headers: id === null ? {} : { 'x-member': String(id) } }) }
}

/** Stands in for the pages of topics and posts: shows what moderation adds to them. */
function topicPages(app: Express, db: Db): void {
  const slots = topicPageSlots(db)
  const show = async (req: Request, res: Response, topic: Topic, items: readonly MenuItem[]) => {
    const said = (await slots.notices(req.viewer, topic)).map(({ message }) => req.t(message.key, message.args))
    const label = `More ${said.join(' ')}`
    await page(res, 'shared/menu', { meta: { title: topic.title }, label, items: menuIn(req.t, items) })
  }
  app.get('/topic/:id', async (req, res) => {
    const topic = await findTopic(db, req.viewer, idOf(req))
    await show(req, res, topic, await slots.topicMenu(req.viewer, topic))
  })
  app.get('/post/:id', async (req, res) => {
    const { topic, post } = await findPost(db, req.viewer, idOf(req))
    await show(req, res, topic, (await slots.postMenus(req.viewer, topic, [post])).get(post.id) ?? [])
  })
  app.get('/', async (_req, res) => page(res, 'shared/menu', { meta: { title: 'Stoa' }, label: 'More', items: [] }))
}
