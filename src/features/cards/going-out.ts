import { TooMany } from '../../platform/errors.ts'
import { limits } from '../../platform/limits/index.ts'
import type { Fetched, Wanted, WayOut } from '../../platform/outward/index.ts'
import { type Db, identityOf } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'

const hour = 3600

/** Visits that one member causes in an hour; all guests together cause as many. The rest waits its turn. */
const perWriter = { points: 60, seconds: hour }

/** Requests to one host in an hour, for everybody together. */
const perHost = { points: 120, seconds: hour }

const ways = new WeakMap<object, WayOut>()

/** Lets this process go out for this forum; said once. A process to which nobody says it fetches nothing. */
export function goOutBy(db: Db, way: WayOut): void {
  ways.set(identityOf(db), way)
}

/** The way out on this forum's behalf: under its name, to the ports it allows, and never too often to one host. */
export interface Errand {
  /** As `WayOut.fetchOut`. */
  fetchOut(url: string, wanted: Pick<Wanted, 'accept' | 'maxBytes' | 'beyond'>): Promise<Fetched>
}

/** Null: this process stays at home. */
export async function errandFor(db: Db): Promise<Errand | null> {
  const way = ways.get(identityOf(db))
  if (!way) return null
  const { base_url: from, outward_ports } = await settings(db)
  const ports = outward_ports.split(/[\s,]+/).map(Number)
  const mayVisit = ({ hostname }: URL) => isWithin(spend(db, 'visits-host', hostname.replace(/\.$/, ''), perHost))
  return { fetchOut: (url, wanted) => way.fetchOut(url, { ...wanted, from, ports, mayVisit }) }
}

/**
 * Counts a visit that somebody's text causes (null: a guest's), and says how long it has to wait, in milliseconds: nobody
 * sends us to others faster than that.
 */
export async function pauseBeforeVisit(db: Db, memberId: number | null): Promise<number> {
  return (await spend(db, 'visits', memberId === null ? 'guests' : `member ${memberId}`, perWriter)) * 1000
}

/** 0, or in how many seconds there are points again. */
async function spend(db: Db, name: string, key: string, rule: { points: number; seconds: number }): Promise<number> {
  try {
    await limits(db).spend(name, key, rule)
    return 0
  } catch (error) {
    if (error instanceof TooMany) return error.retryAfter
    throw error
  }
}

async function isWithin(wait: Promise<number>): Promise<boolean> {
  return (await wait) === 0
}
