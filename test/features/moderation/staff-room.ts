import type { TestContext } from 'node:test'
import type { Express, Request, Response } from 'express'
import {
  freshOffers,
  moderationRouter,
  moderationStaffMenu,
  topicPageSlots,
} from '../../../src/features/moderation/index.ts'
import { findPost } from '../../../src/features/posts/index.ts'
import { findTopic, type MenuItem, menuIn, type Topic } from '../../../src/features/topics/index.ts'
import { idOf, noticeRoutes, page, readBodies, sameOrigin, sessions } from '../../../src/platform/http/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { Visitor } from '../../support/index.ts'
import { openRoom, roomConfig, roomWeb, whoTheySay } from '../../support/rooms.ts'

export const rightPassword = 'the sky over Delos'

export interface StaffRoom {
  /** A member with a browser of their own; null: a guest. */
  visit(memberId: number | null): Visitor
}

/** The moderators' pages as the forum serves them, and a bare page for each topic with its menus and boxes. */
export async function staffRoom(t: TestContext, db: Db): Promise<StaffRoom> {
  const app = roomWeb(t, {
    forum: () => ({ forumName: 'Stoa' }),
    staff: [moderationStaffMenu(db)],
  })
  app.use(sessions({ db, config: roomConfig }), readBodies(), sameOrigin(roomConfig))
  app.use(whoTheySay(db))
  app.use(freshOffers({ db }), noticeRoutes())
  app.use(moderationRouter({ db, confirmPassword: async (_id, password) => password === rightPassword }))
  topicPages(app, db)
  const url = await openRoom(t, app)
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
