import type { Insertable, Selectable } from 'kysely'
import type { ClaimsTable, Db, Tx } from '../../platform/store/index.ts'

export type Claim = Selectable<ClaimsTable>

export interface OpenedByHash extends Claim {
  /** The key of the address to which the secret was mailed; null: the guest's own browser got it. */
  readonly mailed_to: string | null
}

/** The claim that this secret opens, taken ones included, until it expires. */
export async function claimByHash(db: Db, hash: string, now: number): Promise<OpenedByHash | undefined> {
  return db
    .selectFrom('claims')
    .innerJoin('claim_secrets', 'claim_secrets.claim_id', 'claims.id')
    .selectAll('claims')
    .select('claim_secrets.email_key as mailed_to')
    .where('claim_secrets.hash', '=', hash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Whatever state it is in. */
export async function claimById(db: Db, id: number): Promise<Claim | undefined> {
  return db.selectFrom('claims').selectAll().where('id', '=', id).executeTakeFirst()
}

export interface HeldClaim extends Claim {
  /** The hash of the secret that opened it. */
  readonly hash: string
}

/** The open claims of these secrets, oldest first. */
export async function openClaimsOf(db: Db, hashes: readonly string[], now: number): Promise<HeldClaim[]> {
  return db
    .selectFrom('claims')
    .innerJoin('claim_secrets', 'claim_secrets.claim_id', 'claims.id')
    .selectAll('claims')
    .select('claim_secrets.hash')
    .where('claim_secrets.hash', 'in', [...hashes])
    .where('taken_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('claims.id')
    .execute()
}

/** How many of them, posts under a guest's name or open claims of texts, came from this address since then. */
export async function countFromAddress(db: Db, address: string, asPosts: boolean, since: number): Promise<number> {
  const row = await db
    .selectFrom('claims')
    .select(eb => eb.fn.countAll<number>().as('claims'))
    .where('address', '=', address)
    .where('created_at', '>', since)
    .where('kind', asPosts ? '=' : '!=', 'post')
    .where('taken_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.claims)
}

/** The post that came from this address since then with this fingerprint, and that nobody has taken over. */
export async function postIdFrom(
  db: Db,
  { address, fingerprint, since }: { readonly address: string; readonly fingerprint: string; readonly since: number },
): Promise<number | undefined> {
  const row = await db
    .selectFrom('claims')
    .select('post_id')
    .where('kind', '=', 'post')
    .where('address', '=', address)
    .where('fingerprint', '=', fingerprint)
    .where('created_at', '>=', since)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.post_id ?? undefined
}

export async function insertClaim(tx: Tx, claim: Insertable<ClaimsTable>, hash: string): Promise<Claim> {
  const row = await tx.insertInto('claims').values(claim).returningAll().executeTakeFirstOrThrow()
  await tx
    .insertInto('claim_secrets')
    .values({ hash, claim_id: row.id, email_key: null, created_at: row.created_at })
    .execute()
  return row
}

export type ClaimText = Pick<Claim, 'title' | 'body' | 'format' | 'html' | 'text' | 'fingerprint'>

/** False when somebody has taken or discarded it meanwhile. */
export async function updateClaimText(db: Db, id: number, text: ClaimText): Promise<boolean> {
  const row = await db
    .updateTable('claims')
    .set(text)
    .where('id', '=', id)
    .where('taken_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

const erased = {
  ...{ title: null, body: '', html: '', text: '', fingerprint: '' },
  ...{ address: null, email: null, email_key: null },
} as const

/**
 * Takes the claim for this member, if it still says what was read, and erases its text here. Gives the place as it is
 * now; undefined when somebody else was there first or changed it.
 */
export async function takeClaim(tx: Tx, { id, fingerprint }: Claim, memberId: number, now: number) {
  return tx
    .updateTable('claims')
    .set({ ...erased, taken_at: now, taken_by_id: memberId })
    .where('id', '=', id)
    .where('fingerprint', '=', fingerprint)
    .where('taken_at', 'is', null)
    .returning(['forum_id', 'topic_id'])
    .executeTakeFirst()
}

/** Remembers what became of a claim that was taken. */
export async function noteOutcome(tx: Tx, id: number, postId: number): Promise<void> {
  await tx.updateTable('claims').set({ post_id: postId }).where('id', '=', id).execute()
}

/** Erases claims that nobody has taken, secrets and all. */
export async function deleteClaims(db: Db, ids: readonly number[]): Promise<void> {
  await db
    .deleteFrom('claims')
    .where('id', 'in', [...ids])
    .where('taken_at', 'is', null)
    .execute()
}

/** Erases what has expired, text, address and secrets. Returns how many. */
export async function deleteExpired(db: Db, now: number): Promise<number> {
  const result = await db.deleteFrom('claims').where('expires_at', '<=', now).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** What guests wrote in these forums and nobody has taken, newest first. */
export async function openClaimsIn(db: Db, forumIds: readonly number[], now: number): Promise<Claim[]> {
  return db
    .selectFrom('claims')
    .selectAll()
    .where('forum_id', 'in', [...forumIds])
    .where('kind', '!=', 'post')
    .where('taken_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
}

export async function openClaimById(db: Db, id: number, now: number): Promise<Claim | undefined> {
  return db
    .selectFrom('claims')
    .selectAll()
    .where('id', '=', id)
    .where('taken_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}
