import { lockName, type Tx } from '../../platform/store/index.ts'
import { insertCase, insertReport, lockOpenCase } from './queries/reports.ts'
import { ruleReason } from './reasons.ts'

/** The forum itself reports a post to its moderators, naming the rule that says so. Of an open case it becomes a part. */
export async function reportByRule(tx: Tx, postId: number, ruleName: string): Promise<void> {
  await lockName(tx, `reports of post ${postId}`)
  const now = Date.now()
  const caseId = (await lockOpenCase(tx, postId))?.id ?? (await insertCase(tx, postId, now))
  const words = { reason: ruleReason, text: ruleName }
  await insertReport(tx, {
    case_id: caseId,
    member_id: null,
    address: null,
    ...words,
    created_at: now,
    suspect_at: null,
  })
}
