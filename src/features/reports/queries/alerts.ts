import type { Db, Tx } from '../../../platform/store/index.ts'

/** When somebody reported something last that no machine seems to have sent; 0: never. */
export async function newestReport(db: Db): Promise<number> {
  const row = await db
    .selectFrom('reports')
    .select(eb => eb.fn.max('created_at').as('at'))
    .where('suspect_at', 'is', null)
    .executeTakeFirst()
  return Number(row?.at ?? 0)
}

/** Whoever moderates anywhere, wants to be mailed, and was not since then. */
export async function moderatorsToMail(db: Db, notSince: number, limit: number) {
  return db
    .selectFrom('members')
    .innerJoin('groups', 'groups.id', 'members.group_id')
    .leftJoin('report_alerts', 'report_alerts.member_id', 'members.id')
    .select(['members.id', 'report_alerts.mailed_at'])
    .where('members.deleted_at', 'is', null)
    .where(eb =>
      eb.or([
        eb('groups.kind', '=', 'administrators'),
        eb('members.id', 'in', eb.selectFrom('moderators').select('member_id').where('member_id', 'is not', null)),
        eb('groups.id', 'in', eb.selectFrom('moderators').select('group_id').where('group_id', 'is not', null)),
      ]),
    )
    .where(eb => eb.or([eb('report_alerts.wanted', 'is', null), eb('report_alerts.wanted', '=', 1)]))
    .where(eb => eb.or([eb('report_alerts.mailed_at', 'is', null), eb('report_alerts.mailed_at', '<=', notSince)]))
    .orderBy('members.id')
    .limit(limit)
    .execute()
}

/** Notes that they are mailed now; false: somebody noted it meanwhile, or they want none any more. */
export async function noteMailed(tx: Tx, memberId: number, notSince: number, now: number): Promise<boolean> {
  const row = await tx
    .insertInto('report_alerts')
    .values({ member_id: memberId, wanted: 1, mailed_at: now })
    .onConflict(conflict =>
      conflict
        .column('member_id')
        .doUpdateSet({ mailed_at: now })
        .where('report_alerts.wanted', '=', 1)
        .where(eb => eb.or([eb('report_alerts.mailed_at', 'is', null), eb('report_alerts.mailed_at', '<=', notSince)])),
    )
    .returning('member_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function wantsAlerts(db: Db, memberId: number): Promise<boolean> {
  const row = await db.selectFrom('report_alerts').select('wanted').where('member_id', '=', memberId).executeTakeFirst()
  return row?.wanted !== 0
}

export async function writeAlerts(tx: Tx, memberId: number, wanted: boolean): Promise<void> {
  const flag = wanted ? 1 : 0
  await tx
    .insertInto('report_alerts')
    .values({ member_id: memberId, wanted: flag, mailed_at: null })
    .onConflict(conflict => conflict.column('member_id').doUpdateSet({ wanted: flag }))
    .execute()
}
