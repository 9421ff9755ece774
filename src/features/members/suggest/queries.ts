import { beginsWith, type Db } from '../../../platform/store/index.ts'
import type { Circle } from './circle.ts'

type Wanted = {
  readonly circle: Circle
  /** Beginnings of keys of names, at least one. */
  readonly keys: readonly string[]
  /** Only whose address is theirs, as far as we ask. */
  readonly proven: boolean
  /** Of these members only; null: of all. */
  readonly among: readonly number[] | null
  readonly most: number
}

/** Members whose accounts are in order, by their names. */
export async function membersBeginning(db: Db, { circle: { groups, only }, keys, proven, among, most }: Wanted) {
  let query = db
    .selectFrom('members')
    .select(['id', 'name', 'name_key'])
    .where(eb => eb.or(keys.map(key => beginsWith(db, eb.ref('name_key'), key))))
    .where('deleted_at', 'is', null)
    .where('leaving_at', 'is', null)
    .where('closed_at', 'is', null)
    .where('pending_at', 'is', null)
    .where('group_id', 'in', [...groups])
    .where(eb => {
      const bans = eb
        .selectFrom('sanctions')
        .select('sanctions.id')
        .whereRef('sanctions.member_id', '=', 'members.id')
        .where('sanctions.kind', '=', 'ban')
        .where('sanctions.ended_at', 'is', null)
      return eb.or([eb('sanctioned_at', 'is', null), eb.not(eb.exists(bans))])
    })
  if (only)
    query = query.where(eb => eb.or([eb('group_id', 'in', [...only.groups]), eb('id', 'in', [...only.members])]))
  if (proven)
    query = query.where(eb => eb.or([eb('email_verified_at', 'is not', null), eb('email_demanded_at', 'is', null)]))
  if (among) query = query.where('id', 'in', [...among])
  return query.orderBy('name_key').limit(most).execute()
}
