import { type Db, type Given, hotQuery, type Tx } from '../../../platform/store/index.ts'

export interface SignedIn {
  readonly id: string
  readonly series_id: number | null
  readonly device: string | null
  readonly address: string | null
  readonly created_at: number
  readonly touched_at: number
}

/** The sessions of a member that go on, used last first; what only leads from an old id to a new one is none. */
export async function sessionsOf(db: Db, memberId: number, now: number): Promise<SignedIn[]> {
  return db
    .selectFrom('sessions')
    .select(['id', 'series_id', 'device', 'address', 'created_at', 'touched_at'])
    .where('member_id', '=', memberId)
    .where('expires_at', '>', now)
    .where('id', 'not like', 'past %')
    .orderBy('touched_at', 'desc')
    .orderBy('id')
    .execute()
}

export interface Remembered {
  readonly id: number
  readonly device: string | null
  readonly address: string | null
  readonly created_at: number
  readonly rotated_at: number
}

/** The browsers that sign this member in by themselves. */
export async function rememberedOf(db: Db, memberId: number, now: number): Promise<Remembered[]> {
  return db
    .selectFrom('remember_tokens')
    .select(['id', 'device', 'address', 'created_at', 'rotated_at'])
    .where('member_id', '=', memberId)
    .where('expires_at', '>', now)
    .orderBy('rotated_at', 'desc')
    .orderBy('id')
    .execute()
}

export async function seriesIdOf(db: Db, seriesHash: string): Promise<number | null> {
  const row = await db
    .selectFrom('remember_tokens')
    .select('id')
    .where('series_hash', '=', seriesHash)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Ends these sessions, also when they have another id by now, and series, if they are this member's. */
export async function deleteSignedIn(
  tx: Tx,
  memberId: number,
  { sessions, series }: { sessions: readonly string[]; series: readonly number[] },
): Promise<void> {
  const moved = await movedSessions(tx, sessions)
  await tx
    .deleteFrom('sessions')
    .where('member_id', '=', memberId)
    .where(eb => eb.or([eb('id', 'in', [...sessions, ...moved]), eb('series_id', 'in', [...series])]))
    .execute()
  await tx
    .deleteFrom('remember_tokens')
    .where('member_id', '=', memberId)
    .where('id', 'in', [...series])
    .execute()
}

/** Where sessions stand that had these ids some seconds ago. */
async function movedSessions(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const past = ids.map(id => `past ${id}`)
  const rows = await tx.selectFrom('sessions').select('data').where('id', 'in', past).execute()
  return rows.map(row => row.data)
}

/** Has any browser signed in to this account before? */
export async function hasKnownBrowser(db: Db, memberId: number): Promise<boolean> {
  return (await knownBrowsers.first(db, { memberId })) !== undefined
}

const knownBrowsers = hotQuery((db, given: Given<{ memberId: number }>) =>
  db.selectFrom('known_browsers').select('member_id').where('member_id', '=', given.memberId).limit(1),
)
