import { randomUUID } from 'node:crypto'
import type { Tx } from '../../../platform/store/index.ts'
import { insertEntry } from '../queries/log.ts'

export interface MemberAct {
  /** Its sentence in the log is the phrase `moderation.did_<act>`. */
  readonly act: string
  readonly memberId: number
  /** The administrator who did it. */
  readonly by: number
  readonly reason?: string | null
}

/** Writes down what an administrator did to a member. Administrators find it in the log; nothing there takes it back. */
export async function logMemberAct(tx: Tx, { act, memberId, by, reason = null }: MemberAct): Promise<void> {
  await insertEntry(tx, {
    batch: randomUUID(),
    act,
    target_kind: 'member',
    target_id: memberId,
    topic_id: null,
    forum_id: 0,
    member_id: by,
    at: Date.now(),
    reason,
    details: '{}',
  })
}

export interface RangeAct {
  readonly act: 'ban_many' | 'lift_many'
  /** The network address, range, e-mail address or domain. */
  readonly pattern: string
  readonly by: number
  readonly reason: string | null
}

/** Writes down what was done to everybody at a place: to no member by name. */
export async function logRangeAct(tx: Tx, { act, pattern, by, reason }: RangeAct): Promise<void> {
  await insertEntry(tx, {
    batch: randomUUID(),
    act,
    target_kind: 'member',
    target_id: nobody,
    topic_id: null,
    forum_id: 0,
    member_id: by,
    at: Date.now(),
    reason,
    details: JSON.stringify({ pattern }),
  })
}

export interface AnnouncementAct {
  readonly act: 'announce' | 'reword' | 'take_away' | 'take_back'
  readonly title: string
  /** One of those where it stands; for all pages that of every forum. */
  readonly forumId: number
  readonly by: number
}

/** Writes down what was done to an announcement: to no member at all. */
export async function logAnnouncementAct(tx: Tx, { act, title, forumId, by }: AnnouncementAct): Promise<void> {
  await insertEntry(tx, {
    batch: randomUUID(),
    act,
    target_kind: 'member',
    target_id: nobody,
    topic_id: null,
    forum_id: forumId,
    member_id: by,
    at: Date.now(),
    reason: null,
    details: JSON.stringify({ pattern: title, path: '/modcp/announcements/' }),
  })
}

/** No member has this id. */
export const nobody = 0
