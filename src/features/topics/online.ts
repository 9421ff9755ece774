import { createHash } from 'node:crypto'
import type { Db } from '../../platform/store/index.ts'
import { memberPath } from '../members/index.ts'
import { mostNamed, newestOnline, noteOnline, onlineIds } from './queries/online.ts'

/** Whoever was seen within so many milliseconds counts as being here. */
const presence = 15 * 60_000

export interface Online {
  readonly count: number
  /** Whoever was seen last first; not all, when there are many. */
  readonly members: readonly { readonly name: string; readonly path: string }[]
}

/** Members who are here and do not hide it; null when there is nobody. */
export async function whoIsOnline(db: Db, now = Date.now()): Promise<Online | null> {
  const since = now - presence
  const rows = await newestOnline(db, since)
  if (rows.length === 0) return null
  const count = rows.length < mostNamed ? rows.length : (await onlineIds(db, since)).length
  return { count, members: rows.map(member => ({ name: member.name, path: memberPath(member) })) }
}

/** The job that compares who is online. */
export const refreshOnlineJob = 'topics.refresh-online'

/**
 * Makes the guests' index stale when others are online than the last time. Whoever a page shows was seen within the
 * quarter of an hour before, so each coming and going falls between two comparisons; hiding it bumps by itself.
 */
export async function refreshOnline(db: Db, now = Date.now()): Promise<void> {
  const ids = await onlineIds(db, now - presence)
  const key = ids.length > 0 ? createHash('sha256').update(ids.join(' ')).digest('base64url') : ''
  await noteOnline(db, key)
}
