import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { appointedStanding } from '../../groups/index.ts'

/** The same rule as `standings` of groups, for lists: does the member who goes by this name in the query stand below? */
export function standsBelow(who: string, standing: number): RawBuilder<SqlBool> {
  const [id, group] = [sql.ref(`${who}.id`), sql.ref(`${who}.group_id`)]
  const [groups, moderators] = [sql.table('groups'), sql.table('moderators')]
  const byGroup = sql<SqlBool>`(select standing from ${groups} where id = ${group}) < ${standing}`
  if (appointedStanding < standing) return byGroup
  const appointed = sql`select id from ${moderators} where member_id = ${id} or group_id = ${group}`
  return sql<SqlBool>`(${byGroup} and not exists (${appointed}))`
}
