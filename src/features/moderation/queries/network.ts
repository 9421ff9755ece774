import { beginsWith, type Db } from '../../../platform/store/index.ts'

/** One member at one network address, as far as the forum still knows. */
export interface Sighting {
  readonly memberId: number
  readonly name: string
  readonly groupId: number
  readonly address: string
  readonly lastAt: number
}

/** No more is looked through at once. */
const most = 5000

/** Who was where: members at addresses that begin so, or every address of one member; the latest first. */
export async function sightings(db: Db, where: { beginning: string } | { memberId: number }): Promise<Sighting[]> {
  const found = [...(await fromPosts(db, where)), ...(await fromSessions(db, where)), ...(await fromTokens(db, where))]
  const latest = new Map<string, Sighting>()
  for (const one of found) {
    const key = `${one.memberId} ${one.address}`
    if ((latest.get(key)?.lastAt ?? -1) < one.lastAt) latest.set(key, one)
  }
  return [...latest.values()].sort((one, other) => other.lastAt - one.lastAt)
}

type Where = { beginning: string } | { memberId: number }

async function fromPosts(db: Db, where: Where): Promise<Sighting[]> {
  const rows = await db
    .selectFrom('posts')
    .innerJoin('members', 'members.id', 'posts.member_id')
    .select(eb => [
      'members.id',
      'members.name',
      'members.group_id',
      'posts.address',
      eb.fn.max('posts.created_at').as('at'),
    ])
    .where('posts.address', 'is not', null)
    .where('posts.reassigned_at', 'is', null)
    .where(eb =>
      'memberId' in where
        ? eb('posts.member_id', '=', where.memberId)
        : beginsWith(db, eb.ref('posts.address').$notNull(), where.beginning),
    )
    .groupBy(['members.id', 'members.name', 'members.group_id', 'posts.address'])
    .limit(most)
    .execute()
  return rows.map(sighting)
}

async function fromSessions(db: Db, where: Where): Promise<Sighting[]> {
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('members', 'members.id', 'sessions.member_id')
    .select(['members.id', 'members.name', 'members.group_id', 'sessions.address', 'sessions.touched_at as at'])
    .where('sessions.address', 'is not', null)
    .where(eb =>
      'memberId' in where
        ? eb('sessions.member_id', '=', where.memberId)
        : beginsWith(db, eb.ref('sessions.address').$notNull(), where.beginning),
    )
    .limit(most)
    .execute()
  return rows.map(sighting)
}

async function fromTokens(db: Db, where: Where): Promise<Sighting[]> {
  const rows = await db
    .selectFrom('remember_tokens')
    .innerJoin('members', 'members.id', 'remember_tokens.member_id')
    .select([
      'members.id',
      'members.name',
      'members.group_id',
      'remember_tokens.address',
      'remember_tokens.created_at as at',
    ])
    .where('remember_tokens.address', 'is not', null)
    .where(eb =>
      'memberId' in where
        ? eb('remember_tokens.member_id', '=', where.memberId)
        : beginsWith(db, eb.ref('remember_tokens.address').$notNull(), where.beginning),
    )
    .limit(most)
    .execute()
  return rows.map(sighting)
}

function sighting(row: { id: number; name: string; group_id: number; address: string | null; at: number }): Sighting {
  return { memberId: row.id, name: row.name, groupId: row.group_id, address: row.address ?? '', lastAt: Number(row.at) }
}
