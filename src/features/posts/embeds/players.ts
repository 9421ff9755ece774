import { frameOf } from '../../../content/index.ts'
import type { EmbedKind } from './kind.ts'

/** Players of known providers, which load when somebody wants them to. */
export const players: EmbedKind = (_db, _onlooker, hrefs) =>
  new Map(
    hrefs.flatMap(href => {
      const frame = frameOf(href)
      return frame ? [[href, { view: 'embeds/player', data: { href, frame } }] as const] : []
    }),
  )
