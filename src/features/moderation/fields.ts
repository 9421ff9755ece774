import type { ActField } from './act.ts'
import { longestReason } from './forms.ts'

/** The fields that forms of acts are made of; each has the phrase `moderation.field_<name>`. */
export const whyField: ActField = { name: 'reason', control: 'textarea', maxLength: longestReason }
/** Why something was not accepted: its author reads it. */
export const whyNotField: ActField = { ...whyField, help: 'moderation.help_reason_told' }
export const noteField: ActField = { name: 'note', control: 'textarea', maxLength: longestReason }
export const forumField: ActField = { name: 'forum', control: 'forum', required: true }
export const passwordField: ActField = { name: 'password', control: 'password', required: true }
