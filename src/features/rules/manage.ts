import { Conflict, Invalid, msg, NotFound } from '../../platform/errors.ts'
import { type Db, inTransaction } from '../../platform/store/index.ts'
import { forumTree } from '../forums/index.ts'
import type { Rule, RuleText } from './conditions.ts'
import { insertRule, removeRule, ruleById, setSwitch, updateRule } from './queries/rules.ts'

/** Throws NotFound. */
export async function findRule(db: Db, id: number): Promise<Rule> {
  const rule = await ruleById(db, id)
  if (!rule) throw new NotFound()
  return rule
}

/** A new rule is off until somebody switches it on. Throws Invalid for a forum that is not there. */
export async function addRule(db: Db, rule: RuleText): Promise<number> {
  await demandForums(db, rule)
  return inTransaction(db, tx => insertRule(tx, rule, Date.now()))
}

/** Changes a rule and gives it as it was before. Throws NotFound, Invalid. */
export async function changeRule(db: Db, id: number, rule: RuleText): Promise<Rule> {
  await demandForums(db, rule)
  return inTransaction(db, async tx => {
    const before = await findRule(tx, id)
    await updateRule(tx, id, rule)
    return before
  })
}

/** Switches it on or off, and says whether it was the other way before. Throws NotFound. */
export async function switchRule(db: Db, id: number, on: boolean, by: number): Promise<boolean> {
  return inTransaction(db, async tx => {
    const { onAt } = await findRule(tx, id)
    if ((onAt !== null) === on) return false
    await setSwitch(tx, id, on ? by : null, Date.now())
    return true
  })
}

/** Removes a rule that is off; what it did stays. null when it is gone already. Throws Conflict while it is on. */
export async function deleteRule(db: Db, id: number): Promise<Rule | null> {
  return inTransaction(db, async tx => {
    const rule = await ruleById(tx, id)
    if (!rule) return null
    if (rule.onAt !== null) throw new Conflict(msg('rules.still_on'))
    await removeRule(tx, id)
    return rule
  })
}

async function demandForums(db: Db, { forums }: RuleText): Promise<void> {
  const { byId } = await forumTree(db)
  if (forums.some(id => byId.get(id)?.kind !== 'forum')) throw new Invalid({ forums: msg('rules.forum_gone') })
}
