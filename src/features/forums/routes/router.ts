import { type Request, Router } from 'express'
import { Forbidden, SignInNeeded } from '../../../platform/errors.ts'
import { type MenuLink, page, type Slot } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { forumsToStartIn, startPath } from '../start-path.ts'
import { type PasswordDeps, takePassword } from './password.ts'
import { robots } from './robots.ts'

/** Where a new topic may be started, and what crawlers should leave alone. */
export function forumsRouter(deps: PasswordDeps): Router {
  const { db } = deps
  const router = Router()

  router.post('/forum/:id/password', takePassword(deps))

  router.get('/new-topic', async (req, res) => {
    const forums = await forumsToStartIn(db, req.viewer)
    if (forums.length === 0) throw req.viewer.member ? new Forbidden() : new SignInNeeded()
    const meta = { title: req.t('forums.new_topic_title'), noindex: true, narrow: true, breadcrumb: [] }
    const choices = forums.map(forum => ({
      href: startPath(forum),
      name: forum.name,
      description: forum.description,
      within: forum.ancestors.map(ancestor => ancestor.name),
    }))
    await page(res, 'forums/new-topic', { meta, choices })
  })

  router.get('/robots.txt', (_req, res) => {
    res.type('text/plain').set('Cache-Control', 'public, max-age=3600').send(robots)
  })

  return router
}

/** What whoever reads may create, for the menu in the header. */
export function createTopicSlot(db: Db): Slot<MenuLink[]> {
  return async (req: Request) => {
    const forums = await forumsToStartIn(db, req.viewer)
    if (forums.length === 0) return []
    const href = forums.length === 1 && forums[0] ? startPath(forums[0]) : '/new-topic/'
    return [{ href, text: req.t('forums.create_topic'), symbol: 'square-pen', rel: 'nofollow' }]
  }
}
