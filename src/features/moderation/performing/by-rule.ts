import { randomUUID } from 'node:crypto'
import { TooMany } from '../../../platform/errors.ts'
import { limits } from '../../../platform/limits/index.ts'
import type { Tx } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import { isHeldReason, lockTopic, postById } from '../../posts/index.ts'
import { keepersFor, reportByRule } from '../../reports/index.ts'
import { hitById, noteDone, type Rule, type RuleHit, type RuleMatched, ruleById } from '../../rules/index.ts'
import { canSendMail, settings } from '../../settings/index.ts'
import { isPublic } from '../../topics/index.ts'
import { ruleLetter } from '../letters/rules.ts'
import { insertEntry } from '../queries/log.ts'
import { actNamed } from '../registry.ts'
import { aimOf } from '../targets/aim.ts'
import { authorOf } from '../targets/find-target.ts'
import { type PostTarget, postTarget } from '../targets/target.ts'

/** So many mails a rule may cause in an hour for each moderator, however much is posted. */
const mailRule = { points: 10, seconds: 3600 }

/** Does what rules want done with posts: as acts of the forum itself, which moderators take back like any other. */
export async function answerRules(tx: Tx, matches: readonly RuleMatched[]): Promise<void> {
  for (const { hitId } of matches) {
    const hit = await hitById(tx, hitId)
    const rule = hit && hit.done_at === null ? await ruleById(tx, hit.rule_id) : undefined
    if (hit && rule?.onAt != null) await answerOne(tx, hit, rule)
  }
}

async function answerOne(tx: Tx, hit: RuleHit, rule: Rule): Promise<void> {
  const found = await postById(tx, hit.post_id)
  const topic = found && (await lockTopic(tx, found.topic_id))
  const post = await postById(tx, hit.post_id)
  if (!topic || post?.topic_id !== topic.id) return
  const target = postTarget(topic, post, await authorOf(tx, post.member_id))
  // It waits with its author's account: the rule is reminded of it when it appears.
  if ([post, topic].some(item => item.pending_at !== null && isHeldReason(item.pending_reason))) return
  await noteDone(tx, hit.id, Date.now())
  if (!isPublic(post) || !isPublic(topic)) return
  if (hit.action === 'flag') return reportByRule(tx, post.id, hit.name)
  if (hit.action === 'notify') return notifyStaff(tx, hit, target)
  await doAsForum(tx, hit.action, target, rule)
}

/** The act as the log shows it: by the forum itself, for the reason that the rule is. */
async function doAsForum(tx: Tx, name: 'hide' | 'hold', post: PostTarget, rule: Rule): Promise<void> {
  const act = actNamed(name)
  const target = act && aimOf(act, post)
  if (!act || !target?.topic || rule.onById === null || !act.fits(target)) return
  const at = Date.now()
  const details = await act.do(tx, target, { input: { reason: rule.name }, by: rule.onById, at, all: [target] })
  await insertEntry(tx, {
    batch: randomUUID(),
    act: name,
    target_kind: target.kind,
    target_id: target.id,
    topic_id: target.topic.id,
    forum_id: target.forumId,
    member_id: rule.onById,
    rule_id: rule.id,
    at,
    reason: rule.name,
    details: JSON.stringify(details),
  })
}

async function notifyStaff(tx: Tx, hit: RuleHit, { forumId, author }: PostTarget): Promise<void> {
  if (!canSendMail(await settings(tx))) return
  for (const { id: memberId } of await keepersFor(tx, forumId, author.id)) {
    if (await mayMail(tx, hit, memberId)) await sendMail(tx, ruleLetter, { hitId: hit.id, memberId })
  }
}

async function mayMail(tx: Tx, { rule_id }: RuleHit, memberId: number): Promise<boolean> {
  try {
    await limits(tx).spend('rule_mail', `${rule_id} ${memberId}`, mailRule)
    return true
  } catch (refused) {
    if (refused instanceof TooMany) return false
    throw refused
  }
}
