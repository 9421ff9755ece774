import type { RequestHandler } from 'express'
import { idOf, page } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { findPost } from '../find-post.ts'
import { postPath } from '../places.ts'

/** `/post/678/share`: where one post can be shared; where scripts run, a sheet on the topic's page says the same. */
export function sharePage({ db }: { readonly db: Db }): RequestHandler {
  return async (req, res) => {
    const { topic, post } = await findPost(db, req.viewer, idOf(req))
    const meta = { title: req.t('posts.share_heading'), noindex: true, narrow: true }
    await page(res, 'posts/share', { meta, path: postPath(post), title: topic.title })
  }
}
