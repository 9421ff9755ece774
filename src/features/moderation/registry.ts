import type { Act } from './act.ts'
import { approve } from './acts/approve.ts'
import { deleteAct } from './acts/delete.ts'
import { discard } from './acts/discard.ts'
import { erase } from './acts/erase.ts'
import { hide } from './acts/hide.ts'
import { lock } from './acts/lock.ts'
import { move } from './acts/move.ts'
import { pin } from './acts/pin.ts'
import { recommend } from './acts/recommend.ts'
import { reject } from './acts/reject.ts'
import { restore } from './acts/restore.ts'
import { unhide } from './acts/unhide.ts'
import { unlock } from './acts/unlock.ts'
import { unpin } from './acts/unpin.ts'
import { unrecommend } from './acts/unrecommend.ts'

/** Every act of moderation, in the order of menus. */
export const registry: readonly Act[] = [
  approve,
  reject,
  recommend,
  unrecommend,
  pin,
  unpin,
  lock,
  unlock,
  move,
  hide,
  unhide,
  deleteAct,
  restore,
  erase,
  discard,
]

const byName = new Map(registry.map(act => [act.name, act]))

export function actNamed(name: unknown): Act | undefined {
  return typeof name === 'string' ? byName.get(name) : undefined
}
