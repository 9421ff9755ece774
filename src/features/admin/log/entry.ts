import type { Message } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { ForumVerb } from '../../groups/index.ts'
import { insertEntry } from './queries.ts'

/** A setting, or something of a rule, before and after; of a secret only its mask. */
export interface Change {
  readonly key: string
  /** The phrase by which it is called where it is no setting; then nothing here puts it back. */
  readonly label?: string
  readonly from: unknown
  readonly to: unknown
  /** It held a secret which is not written down, so that it cannot be put back. */
  readonly lost?: boolean
}

/** What a group may do in a forum (0: everywhere), before and after; null: nothing was said there. */
export interface PermissionChange {
  readonly verb: ForumVerb
  readonly forum: number
  readonly group: number
  readonly from: 0 | 1 | null
  readonly to: 0 | 1 | null
}

/** In which group a member was, and in which they were put. */
export interface MemberChange {
  readonly member: number
  readonly from: number
  readonly to: number
}

/** What an administrator did. */
export interface Deed {
  readonly by: number
  /** The page on which it was done, such as `/admin/groups/3`; its first part is the room. */
  readonly path: string
  /** What was done, as the administrator was told. */
  readonly message: Message
  readonly changes?: readonly Change[] | readonly PermissionChange[] | readonly MemberChange[]
}

/** Writes in the administration log what was done; the entry's id. Names of members are left out: they are read where it is shown. */
export async function logDeed(db: Db, { by, path, message, changes }: Deed): Promise<number> {
  const memberId = memberOf(path)
  return insertEntry(db, {
    done_by_id: by,
    at: Date.now(),
    room: roomOf(path),
    path,
    member_id: memberId,
    message: JSON.stringify({ key: message.key, args: withoutPeople(message.args, memberId !== null) }),
    changes: changes ? JSON.stringify(changes) : null,
  })
}

/** Addresses stand nowhere but where they are used. */
function withoutPeople(args: Message['args'] = {}, namesMember: boolean): Message['args'] {
  const told = Object.entries(args).filter(([name]) => !(namesMember && name === 'name'))
  return Object.fromEntries(told.map(([name, value]) => [name, ['address', 'answer'].includes(name) ? '…' : value]))
}

function roomOf(path: string): string {
  return /^\/(?:admin|modcp)\/([a-z-]+)/i.exec(path)?.[1]?.toLowerCase() ?? 'overview'
}

function memberOf(path: string): number | null {
  const id = /^\/admin\/members\/([1-9]\d{0,8})(?:\/|$)/i.exec(path)?.[1]
  return id ? Number(id) : null
}
