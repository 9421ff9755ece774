import { type Message, msg } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import { mayModerateEverywhere, mayModerateSomewhere, moderatesEverywhere, type Viewer } from '../../members/index.ts'
import { countOpenCases, sightOf } from '../../reports/index.ts'
import { countWaiting } from '../queries/queue.ts'
import { judgedForums } from './queue-page.ts'

export const rooms = [
  'overview',
  'queue',
  'reports',
  'claims',
  'log',
  'hidden',
  'deleted',
  'members',
  'held',
  'warnings',
  'addresses',
  'announcements',
] as const
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
  reports: 'flag',
  claims: 'clock',
  log: 'scroll-text',
  hidden: 'eye-off',
  deleted: 'trash-2',
  members: 'user-round',
  held: 'ban',
  warnings: 'triangle-alert',
  addresses: 'globe',
  announcements: 'megaphone',
}

/** The way between the moderators' pages. */
export async function sideMenu(db: Db, viewer: Viewer, current: Room): Promise<RoomLink[]> {
  const counts: Partial<Record<Room, number>> = {
    queue: await countWaiting(db, judgedForums(viewer)),
    reports: await countOpenCases(db, sightOf(viewer)),
  }
  const closed = new Set<Room>()
  if (!mayModerateEverywhere(viewer, 'ban')) closed.add('addresses')
  if (!moderatesEverywhere(viewer)) closed.add('held')
  if (!mayModerateSomewhere(viewer, 'announce')) closed.add('announcements')
  return rooms
    .filter(room => !closed.has(room))
    .map(room => ({
      text: msg(`moderation.menu_${room}`),
      href: room === 'overview' ? '/modcp/' : `/modcp/${room}/`,
      symbol: symbols[room],
      count: counts[room] ?? 0,
      current: room === current,
    }))
}
