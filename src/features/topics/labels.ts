import { type Message, msg } from '../../platform/errors.ts'
import type { T } from '../../platform/locale/index.ts'
import type { Topic } from './queries/topics.ts'
import { isRejected, type Waitable } from './state.ts'

/** A mark on a topic or post, said in words. */
export interface Label {
  readonly text: Message
  readonly symbol: string
  readonly kind?: 'accent' | 'fresh' | 'success' | 'warning' | 'danger'
  /** Why. */
  readonly reason?: Message
}

/** What sets this topic apart from others. */
export function topicLabels(topic: Topic): Label[] {
  const labels: Label[] = []
  if (topic.pinned_at !== null) labels.push({ text: msg('topics.label_pinned'), symbol: 'pin', kind: 'accent' })
  if (topic.featured_at !== null) labels.push({ text: msg('topics.label_featured'), symbol: 'award', kind: 'accent' })
  if (topic.locked_at !== null) labels.push({ text: msg('topics.label_locked'), symbol: 'lock' })
  return [...labels, ...stateLabels(topic)]
}

/** Why something is not public. */
export function stateLabels(item: Waitable): Label[] {
  const labels: Label[] = []
  if (item.hidden_at !== null) labels.push({ text: msg('topics.label_hidden'), symbol: 'eye-off', kind: 'warning' })
  if (item.deleted_at !== null) labels.push({ text: msg('topics.label_deleted'), symbol: 'trash-2', kind: 'danger' })
  if (item.pending_at === null) return labels
  if (isRejected(item)) return [...labels, { text: msg('topics.label_rejected'), symbol: 'circle-x', kind: 'danger' }]
  const reason = item.pending_reason === null ? undefined : msg(item.pending_reason)
  return [...labels, { text: msg('topics.label_pending'), symbol: 'clock', kind: 'warning', reason }]
}

/** The labels in someone's language, as the part `shared/badge` takes them. */
export function badgesOf(labels: readonly Label[], t: T) {
  return labels.map(({ text, reason, ...look }) => {
    const label = t(text.key, text.args)
    const why = reason && t(reason.key, reason.args)
    return { ...look, text: why ? t('topics.label_with_reason', { label, reason: why }) : label }
  })
}
