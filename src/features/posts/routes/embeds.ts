import { type Request, Router } from 'express'
import { webOf } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { settings } from '../../settings/index.ts'
import { embedsIn, isEmbedded, type ShownPiece } from '../embeds/embeds-on-page.ts'
import type { Onlooker } from '../embeds/kind.ts'
import { mayBecomeCard } from '../embeds/link-cards.ts'

/** The texts of a page in which links are shown as more, in pieces, by their place in the list. */
export async function embedsFor(
  db: Db,
  req: Request,
  htmls: readonly string[],
): Promise<Map<number, readonly ShownPiece[]>> {
  return embedsIn(db, await onlookerOf(db, req), htmls)
}

/** What was typed as it will be shown. */
export async function withEmbeds<P extends { readonly html: string }>(db: Db, req: Request, preview: P) {
  return { ...preview, pieces: (await embedsFor(db, req, [preview.html])).get(0) }
}

async function onlookerOf(db: Db, req: Request): Promise<Onlooker> {
  const { base_url } = await settings(db)
  return { viewer: req.viewer, origin: base_url || webOf(req).origin(req) }
}

/**
 * Whether a link would be shown as more than a link if it stood alone, or may be `later`, when its page has been read: the
 * editor asks when somebody typed one.
 */
export function embedsRouter({ db }: { readonly db: Db }): Router {
  const router = Router()
  router.get('/compose/embed', async (req, res) => {
    const { address } = req.query
    const href = typeof address === 'string' && address.length <= 2000 ? address : ''
    const onlooker = await onlookerOf(db, req)
    const embedded = await isEmbedded(db, onlooker, href)
    const later = !embedded && (await mayBecomeCard(db, href, onlooker.origin))
    res.set('Cache-Control', 'no-store').json({ embedded, later })
  })
  return router
}
