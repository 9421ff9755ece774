import type { Act } from './act.ts'
import { approve } from './acts/approve.ts'
import { ban } from './acts/ban.ts'
import { changeAuthor } from './acts/change-author.ts'
import { closeAccount, openAccount } from './acts/close-account.ts'
import { deleteAct } from './acts/delete.ts'
import { discard } from './acts/discard.ts'
import { announceAct, banMany, liftMany, reword, takeAway, takeBack } from './acts/elsewhere.ts'
import { erase } from './acts/erase.ts'
import { feature } from './acts/feature.ts'
import { hide } from './acts/hide.ts'
import { hold } from './acts/hold.ts'
import { lift } from './acts/lift.ts'
import { lock } from './acts/lock.ts'
import { merge } from './acts/merge.ts'
import { mergeMembers } from './acts/merge-members.ts'
import { mergePostsAct } from './acts/merge-posts.ts'
import { move } from './acts/move.ts'
import { pin } from './acts/pin.ts'
import { pinUntil } from './acts/pin-until.ts'
import { recommend } from './acts/recommend.ts'
import { reject } from './acts/reject.ts'
import { removeSignatureAct } from './acts/remove-signature.ts'
import { rename } from './acts/rename.ts'
import { reply } from './acts/reply.ts'
import { restore } from './acts/restore.ts'
import { restrict } from './acts/restrict.ts'
import { retitle } from './acts/retitle.ts'
import { setPrefix } from './acts/set-prefix.ts'
import { settle } from './acts/settle.ts'
import { split } from './acts/split.ts'
import { unfeature } from './acts/unfeature.ts'
import { unhide } from './acts/unhide.ts'
import { unlock } from './acts/unlock.ts'
import { unpin } from './acts/unpin.ts'
import { unrecommend } from './acts/unrecommend.ts'
import { warn } from './acts/warn.ts'

/** Every act of moderation, in the order of menus. */
export const registry: readonly Act[] = [
  approve,
  reject,
  recommend,
  unrecommend,
  feature,
  unfeature,
  pin,
  pinUntil,
  unpin,
  lock,
  unlock,
  retitle,
  setPrefix,
  move,
  merge,
  split,
  mergePostsAct,
  changeAuthor,
  hold,
  hide,
  unhide,
  deleteAct,
  restore,
  erase,
  discard,
  settle,
  warn,
  removeSignatureAct,
  restrict,
  ban,
  lift,
  rename,
  closeAccount,
  openAccount,
  mergeMembers,
  reply,
  banMany,
  liftMany,
  announceAct,
  reword,
  takeAway,
  takeBack,
]

const byName = new Map(registry.map(act => [act.name, act]))

export function actNamed(name: unknown): Act | undefined {
  return typeof name === 'string' ? byName.get(name) : undefined
}
