import type { RequestHandler } from 'express'
import { idOf, page, pageNumber } from '../../../platform/http/index.ts'
import { versionsPageOf } from '../edits/versions-page.ts'
import { postPath } from '../places.ts'
import { breadcrumbTo } from './breadcrumb.ts'
import type { WritingDeps } from './slots.ts'

/** GET: everything a post ever said, for its author and moderators. */
export function versionsPage({ db }: WritingDeps): RequestHandler {
  return async (req, res) => {
    const { topic, post, ...shown } = await versionsPageOf(db, req.viewer, idOf(req), pageNumber(req))
    await page(res, 'posts/versions', {
      meta: {
        title: req.t('posts.versions_heading'),
        noindex: true,
        breadcrumb: await breadcrumbTo(db, topic),
      },
      ...shown,
      path: `/post/${post.id}/versions`,
      back: postPath(post),
    })
  }
}
