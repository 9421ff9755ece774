import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { deleteSignedIn, rememberedOf, type SignedIn, sessionsOf } from './queries.ts'

/** A browser in which somebody is signed in, or signs in by itself. */
export interface SignedInPlace {
  /** What its button sends: hashes and numbers, good for nothing else. */
  readonly key: string
  readonly device: string | null
  readonly address: string | null
  readonly since: number
  readonly lastSeen: number
  /** Signs in by itself when the session is over. */
  readonly remembered: boolean
  /** The one that asks. */
  readonly here: boolean
}

/** Where a member is signed in: the browser that asks first, then as they were used. */
export async function signedInPlaces(db: Db, memberId: number, here: string | null): Promise<SignedInPlace[]> {
  const now = Date.now()
  const sessions = await sessionsOf(db, memberId, now)
  const series = await rememberedOf(db, memberId, now)
  const alone = sessions.filter(session => !series.some(({ id }) => id === session.series_id))
  const places = [
    ...alone.map(session => placeOf(session, [session], here)),
    ...series.map(one => {
      const own = sessions.filter(session => session.series_id === one.id)
      return {
        ...placeOf({ ...one, touched_at: one.rotated_at }, own, here),
        key: `series:${one.id}`,
        remembered: true,
      }
    }),
  ]
  return places.sort((a, b) => Number(b.here) - Number(a.here) || b.lastSeen - a.lastSeen)
}

type Kept = Pick<SignedIn, 'device' | 'address' | 'created_at' | 'touched_at'>

function placeOf(kept: Kept, sessions: readonly SignedIn[], here: string | null): SignedInPlace {
  return {
    key: `session:${sessions[0]?.id ?? ''}`,
    device: kept.device ?? sessions[0]?.device ?? null,
    address: sessions[0]?.address ?? kept.address,
    since: kept.created_at,
    lastSeen: Math.max(kept.touched_at, ...sessions.map(session => session.touched_at)),
    remembered: false,
    here: sessions.some(({ id }) => id === here),
  }
}

/** Signs a member out there; a place that is not theirs, or was ended before, changes nothing. */
export async function endPlace(db: Db, memberId: number, key: string): Promise<void> {
  const [kind, id = ''] = key.split(':', 2)
  const sessions = kind === 'session' ? [id] : []
  const series = kind === 'series' && /^\d{1,9}$/.test(id) ? [Number(id)] : []
  await inTransaction(db, tx => deleteSignedIn(tx, memberId, { sessions, series }))
}

/** Signs a member out everywhere but here. */
export async function endOtherPlaces(db: Db, memberId: number, here: string | null): Promise<void> {
  const others = (await signedInPlaces(db, memberId, here)).filter(place => !place.here)
  for (const { key } of others) await endPlace(db, memberId, key)
}
