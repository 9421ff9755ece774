import { guestReading, type Handler } from '../../../platform/http/index.ts'
import { defaultLocale, directionOf, translator } from '../../../platform/locale/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { restoringNow } from '../closed.ts'

/** In seconds. */
const again = 3

const passes = /^\/(?:build\/|healthz|favicon)/

interface Around {
  /** Sent with every answer. */
  readonly headers: readonly string[]
  /** The address of the stylesheet. */
  readonly styles: string
}

/**
 * While a backup takes the place of the forum nobody's request reaches it: everybody reads how far that is, in a page that
 * needs no database. Stands before everything that asks it.
 */
export function closeWhileRestoring(db: Db, { headers, styles }: Around): Handler {
  return (req, res, next) => {
    const work = restoringNow(db)
    if (!work || passes.test(req.url ?? '')) return next()
    const isReading = req.method === 'GET' || req.method === 'HEAD'
    const { locale } = guestReading(req)
    const page = pageOf({ locale, percent: percentOf(work), styles, sent: !isReading })
    res.writeHead(503, [
      ...headers,
      ...['Content-Type', 'text/html; charset=utf-8', 'Cache-Control', 'no-store', 'Retry-After', String(again)],
      ...(isReading ? ['Refresh', String(again)] : ['Connection', 'close']),
    ])
    res.end(req.method === 'HEAD' ? undefined : page)
  }
}

function percentOf({ stage, done, total }: NonNullable<ReturnType<typeof restoringNow>>): number {
  const part = total > 0 ? Math.min(1, done / total) : 0
  return Math.floor(stage === 'load' ? 20 + 80 * part : 20 * part)
}

interface Telling {
  readonly locale: string
  readonly percent: number
  readonly styles: string
  /** Somebody sent something, which nobody has read. */
  readonly sent: boolean
}

/** Phrases and numbers of ours only: nothing in it has to be escaped. */
function pageOf({ locale, percent, styles, sent }: Telling): string {
  const t = translator(locale || defaultLocale)
  return [
    `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">',
    `<title>${t('backups.closed')}</title><link rel="stylesheet" href="${styles}"></head><body>`,
    `<div class="wrap page narrow"><main id="content"><h1>${t('backups.closed')}</h1><p>${t('backups.closed_text')}</p>`,
    `<p><label for="done">${t('backups.closed_done', { percent })}</label> `,
    `<progress id="done" value="${percent}" max="100"></progress></p>`,
    sent ? `<p>${t('backups.closed_sent')}</p>` : '',
    '</main></div></body></html>',
  ].join('')
}
