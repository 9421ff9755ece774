import { type Message, msg } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Viewer } from '../../members/index.ts'
import { countWaiting } from '../queries/queue.ts'
import { judgedForums } from './queue-page.ts'

export const rooms = ['overview', 'queue', 'claims', 'log', 'hidden', 'deleted'] as const
export type Room = (typeof rooms)[number]

export interface RoomLink {
  readonly text: Message
  readonly href: string
  readonly symbol: string
  readonly count: number
  readonly current: boolean
}

const symbols: Record<Room, string> = {
  overview: 'gavel',
  queue: 'inbox',
  claims: 'clock',
  log: 'scroll-text',
  hidden: 'eye-off',
  deleted: 'trash-2',
}

/** The way between the moderators' pages. */
export async function sideMenu(db: Db, viewer: Viewer, current: Room): Promise<RoomLink[]> {
  const waiting = await countWaiting(db, judgedForums(viewer))
  return rooms.map(room => ({
    text: msg(`moderation.menu_${room}`),
    href: room === 'overview' ? '/modcp/' : `/modcp/${room}/`,
    symbol: symbols[room],
    count: room === 'queue' ? waiting : 0,
    current: room === current,
  }))
}
