import { Router } from 'express'
import { msg, SignInNeeded } from '../../platform/errors.ts'
import { idOf, notify, page, returnPath } from '../../platform/http/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { unsubscribeRoutes } from '../mail/index.ts'
import { canSendMail, settings } from '../settings/index.ts'
import { topicPath } from '../topics/index.ts'
import { demandFollowSecret, followTopic, stopBySecret, unfollowTopic } from './follow-topic.ts'
import { followedPage } from './followed-page.ts'

/** "Mail me replies" under a topic, the list of such topics, and the one click in a mail that ends it. */
export function followsRouter({ db }: { readonly db: Db }): Router {
  const router = Router()

  router.post('/topic/:id/mail-replies', async (req, res) => {
    const topic = await followTopic(db, req.viewer, idOf(req))
    const mailWorks = canSendMail(await settings(db))
    notify(req, mailWorks ? said('success', 'follows.on') : said('warning', 'follows.no_mail'))
    res.redirect(303, topicPath(topic))
  })

  router.post('/topic/:id/stop-mail', async (req, res) => {
    await unfollowTopic(db, req.viewer, idOf(req))
    notify(req, said('success', 'follows.off'))
    res.redirect(303, returnPath(req))
  })

  router.get('/account/replies', async (req, res) => {
    if (!req.viewer.member) throw new SignInNeeded()
    const title = req.t('follows.list_title')
    const meta = {
      title,
      noindex: true,
      narrow: true,
      breadcrumb: [{ href: '/account/', text: req.t('accounts.account') }],
    }
    await page(res, 'follows/list', { meta, title, topics: await followedPage(db, req.viewer, req.viewer.member.id) })
  })

  const unsubscribing = {
    title: 'follows.stop_title',
    about: 'follows.stop_about',
    button: 'follows.stop',
    done: 'follows.stopped',
    demand: (secret: unknown) => demandFollowSecret(db, secret),
    stop: (secret: unknown) => stopBySecret(db, secret),
  }
  router.use(unsubscribeRoutes('/unsubscribe/replies', unsubscribing))

  return router
}

function said(kind: 'success' | 'warning', key: string) {
  return { kind, message: msg(key) }
}
