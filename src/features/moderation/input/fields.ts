import { msg } from '../../../platform/errors.ts'
import { forumTree } from '../../forums/index.ts'
import { warningReasons } from '../../sanctions/index.ts'
import type { ActField } from '../act.ts'
import { durations, longestReason, longestReply, restrictions } from '../forms.ts'

/** The fields that forms of acts are made of; each has the phrase `moderation.field_<name>`. */
export const whyField: ActField = { name: 'reason', control: 'textarea', maxLength: longestReason }
/** Why something was not accepted: its author reads it. */
export const whyNotField: ActField = { ...whyField, help: 'moderation.help_reason_told' }
export const noteField: ActField = { name: 'note', control: 'textarea', maxLength: longestReason }
/** What a saved act answers, as Markdown. */
export const replyField: ActField = { name: 'reply', control: 'textarea', required: true, maxLength: longestReply }
export const forumField: ActField = { name: 'forum', control: 'forum', required: true }
/** Which of those that were chosen takes in the others. */
export const keepField: ActField = { name: 'keep', control: 'chosen', extra: true }
/** Another topic, by its number or address. */
export const intoField: ActField = { name: 'into', control: 'text', maxLength: 300 }
export const splitIntoField: ActField = { ...intoField, help: 'moderation.help_into_split' }
export const scopeField: ActField = { name: 'scope', control: 'choice', options: ['these', 'after'], required: true }
export const newTitleField: ActField = {
  name: 'title',
  control: 'text',
  maxLength: 250,
  help: 'moderation.help_title_new',
}
export const newForumField: ActField = { name: 'forum', control: 'forum', help: 'moderation.help_forum_new' }
export const titleField: ActField = { name: 'title', control: 'text', required: true, maxLength: 250 }
/** The last day, in the forum's time zone. */
export const untilField: ActField = { name: 'until', control: 'date', required: true }
export const linkField: ActField = { name: 'link', control: 'checkbox', extra: true }
export const linkUntilField: ActField = { name: 'link_until', control: 'date', extra: true }
/** A member, by name, number or profile. */
export const authorField: ActField = { name: 'author', control: 'text', required: true, maxLength: 300 }
export const nameField: ActField = { name: 'name', control: 'text', required: true, maxLength: 300 }
/** The member who takes everything in. */
export const intoMemberField: ActField = { name: 'member_into', control: 'text', required: true, maxLength: 300 }
/** The post because of which it is done. */
export const aboutField: ActField = { name: 'about', control: 'hidden', extra: true }
export const passwordField: ActField = { name: 'password', control: 'password', required: true }

/** Why a member is held back: they read it. */
export const toldField: ActField = { ...whyField, required: true, help: 'moderation.help_reason_member' }
export const maybeToldField: ActField = { ...whyField, help: 'moderation.help_reason_member' }

export const daysField: ActField = {
  name: 'days',
  control: 'offer',
  required: true,
  offers: async () => [
    ...durations.map(n => ({ value: String(n), text: msg('moderation.days', { n }) })),
    { value: '', text: msg('moderation.days_none') },
  ],
}

export const restrictionField: ActField = {
  name: 'restriction',
  control: 'offer',
  required: true,
  offers: async () => restrictions.map(value => ({ value, text: msg(`sanctions.kind_${value}`) })),
}

/** The prefixes of the forums in which the topics stand. */
export const prefixField: ActField = {
  name: 'prefix',
  control: 'offer',
  async offers(db, targets) {
    const { byId } = await forumTree(db)
    const forums = [...new Set(targets.map(({ forumId }) => forumId))].flatMap(id => byId.get(id) ?? [])
    const none = forums.some(({ prefixRequired }) => prefixRequired)
      ? []
      : [{ value: '', text: msg('moderation.prefix_none') }]
    return [
      ...none,
      ...forums.flatMap(forum => forum.prefixes).map(({ id, name }) => ({ value: String(id), text: name })),
    ]
  },
}

/** The reasons that an administrator listed. */
export const warningField: ActField = {
  name: 'warning',
  control: 'offer',
  required: true,
  async offers(db) {
    const reasons = await warningReasons(db)
    return reasons.map(({ id, title, points }) => ({
      value: String(id),
      text: msg('moderation.warning_offer', { title, points }),
    }))
  },
}
