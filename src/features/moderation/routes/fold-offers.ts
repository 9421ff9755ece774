import { msg } from '../../../platform/errors.ts'
import type { NewNotice, StoredNotice } from '../../../platform/http/index.ts'
import { aboutBatches, batchesOfActs } from '../notices.ts'

/** So many offers stand on the page in full. */
const mostShown = 3
/** So many earlier acts are known one by one; the log has them all. */
const mostFolded = 50

type Notices = readonly (StoredNotice | NewNotice)[]

/** The batches that these notices offer to undo. */
export function batchesIn(notices: Notices): string[] {
  return notices.flatMap(batchesOf)
}

function batchesOf({ about }: NewNotice): readonly string[] {
  return about?.what === batchesOfActs ? about.ids : []
}

/** Leaves the newest offers in full, and folds the earlier ones into one that leads to this log. */
export function foldOffers(notices: Notices, log: string): Notices {
  const offers = notices.filter(isOffer)
  const old = offers.slice(0, Math.max(0, offers.length - mostShown))
  if (old.length === 0) return notices
  const folded = notices.filter(isFolded)
  const batches = [...folded, ...old].flatMap(batchesOf).slice(-mostFolded)
  const rest = notices.filter(notice => !old.includes(notice) && !folded.includes(notice))
  const link = { href: log, text: msg('moderation.menu_log') }
  return [{ ...folded[0], ...earlier(batches), sticky: true, link }, ...rest]
}

/** Takes away what offers to undo acts of which nothing stands any more. */
export function dropSettled(notices: Notices, standing: ReadonlySet<string>): Notices {
  return notices.flatMap(notice => {
    const batches = batchesOf(notice)
    const left = batches.filter(batch => standing.has(batch))
    if (left.length === batches.length) return [notice]
    return left.length > 0 ? [{ ...notice, ...earlier(left) }] : []
  })
}

function isOffer(notice: NewNotice): boolean {
  return notice.undo !== undefined && batchesOf(notice).length > 0
}

function isFolded(notice: NewNotice): boolean {
  return notice.undo === undefined && batchesOf(notice).length > 0
}

function earlier(ids: readonly string[]): Pick<NewNotice, 'kind' | 'message' | 'about'> {
  const key = ids.length < mostFolded ? 'moderation.earlier_acts' : 'moderation.earlier_acts_many'
  return { kind: 'info', message: msg(key, { n: ids.length }), about: aboutBatches(ids) }
}
