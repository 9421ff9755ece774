import { z } from 'zod'
import { keyed } from '../../platform/http/index.ts'

const id = z.coerce.number().int().positive()

/** A name that shows something. */
function nameField(most: number) {
  return z
    .string({ error: 'admin.name_missing' })
    .trim()
    .max(most, 'admin.name_long')
    .refine(name => /[\p{L}\p{N}\p{S}\p{P}]/u.test(name) && name.isWellFormed(), { error: 'admin.name_missing' })
}

const guestPosting = z.enum(['', 'none', 'claim', 'named']).transform(value => value || null)

/** A category or forum. */
export const forumForm = z.object({
  kind: z.enum(['category', 'forum', 'link']).default('forum'),
  /** Of a forum. */
  type: z.enum(['discussion', 'questions']).default('discussion'),
  parent: z
    .union([z.literal(''), id])
    .default('')
    .transform(value => (value === '' ? null : value)),
  name: nameField(80),
  description: z.string().trim().max(500, 'admin.description_long').default(''),
  guest_posting: guestPosting.default(null),
  /** The name of a drawing; nothing: the usual one. */
  icon: z.string().max(40).default(''),
  rules: z.string().trim().max(20_000, 'admin.forum_rules_long').default(''),
  topic_order: orNone(['last', 'newest', 'replies', 'views']),
  approval: orNone(['topics', 'all']),
  prefix_required: z
    .literal('1')
    .optional()
    .catch(undefined)
    .transform(ticked => (ticked ? (1 as const) : (0 as const))),
  address: z.string().trim().max(500, 'admin.address_link').refine(leadsSomewhere, 'admin.address_link').default(''),
})
export type ForumFields = z.infer<typeof forumForm>

/** A page of this site or of another one. */
function leadsSomewhere(address: string): boolean {
  if (address === '' || /^\/(?![/\\])/.test(address)) return true
  return /^https?:\/\//i.test(address) && URL.canParse(address)
}

/** One of these, or nothing. */
function orNone<const V extends string>(values: readonly V[]) {
  return z
    .string()
    .default('')
    .refine(chosen => chosen === '' || values.some(value => value === chosen))
    .transform(chosen => values.find(value => value === chosen) ?? null)
}

/** What may stand before titles. */
export const prefixForm = z.object({
  name: nameField(30),
  colour: z.enum(['plain', 'accent', 'fresh', 'success', 'warning', 'danger']),
})

/** The password of a forum; nothing takes it away. */
export const forumPasswordForm = z.object({ password: z.string().max(200, 'admin.forum_password_long').default('') })

/** Where a forum was dropped. */
export const spotForm = z.object({
  parent: z.union([z.literal('').transform(() => null), id]).default(null),
  before: z.union([z.literal('').transform(() => null), id]).default(null),
})

/** Where the content of a forum that is deleted goes. */
export const deleteForumForm = z.object({ move_to: id.optional() })

/** Typed in megabytes, kept in bytes. */
function megabytes(least: number, most: number) {
  const error = keyed('admin.megabytes_range', { least, most })
  return z.coerce
    .number({ error })
    .int(error)
    .min(least, error)
    .max(most, error)
    .transform(size => size * 1024 * 1024)
    .optional()
}

/** A group of members. */
export const groupForm = z.object({
  name: nameField(40),
  standing: z.coerce
    .number({ error: 'admin.standing_range' })
    .int()
    .min(1, 'admin.standing_range')
    .max(999, 'admin.standing_range'),
  edit_minutes: z
    .union([z.literal(''), z.coerce.number().int().min(0).max(10_000_000)], { error: 'admin.edit_minutes_number' })
    .default('')
    .transform(value => (value === '' ? null : value)),
  upload_kinds: z.enum(['none', 'images', 'files'], { error: 'admin.upload_kinds_missing' }).optional(),
  upload_file_bytes: megabytes(1, 256),
  upload_total_bytes: megabytes(1, 1_000_000),
  upload_post_count: z.coerce
    .number({ error: 'admin.upload_count_range' })
    .int('admin.upload_count_range')
    .min(1, 'admin.upload_count_range')
    .max(100, 'admin.upload_count_range')
    .optional(),
})

/** The guests' group: only what they may do by default. */
export const guestsForm = z.object({ guest_posting: z.enum(['none', 'claim', 'named']) })

/** The group to which the members of a deleted one move. */
export const deleteGroupForm = z.object({ move_to: id })

const names = z.union([z.string().transform(act => [act]), z.array(z.string())]).default([])

/** Who moderates where, and with which acts. */
export const appointmentForm = z.object({
  who: z.enum(['member', 'group']),
  member: z.string().trim().max(100).default(''),
  group: z.union([z.literal(''), id]).default(''),
  forum: z.coerce.number().int().min(0).default(0),
  acts: names,
  /** Those that have to be named, in a list of their own. */
  more: names,
})

/** One of the community's own texts. */
export const pageTextForm = z.object({
  body: z.string({ error: 'content.empty' }),
  asks: z
    .literal('1')
    .optional()
    .catch(undefined)
    .transform(value => value === '1'),
  base: z.coerce.number().int().min(0).catch(0),
})

/** A member's group. */
export const memberGroupForm = z.object({
  group: z.coerce.number({ error: 'admin.group_missing' }).int('admin.group_missing'),
})

/** Another e-mail address for a member. */
export const giveAddressForm = z.object({
  email: z.string({ error: 'accounts.email_wrong' }).trim().max(254, 'accounts.email_wrong'),
  proof: z.enum(['ask', 'given']).catch('ask').default('ask'),
})

/** Where a test mail goes. */
export const testMailForm = z.object({
  to: z
    .string()
    .trim()
    .max(254)
    .pipe(z.email({ error: 'admin.address_wrong' })),
})

/** An address that gets mail again. */
export const liftForm = z.object({ email: z.string().min(1).max(254), scope: z.enum(['all', 'claims']) })

const ownPassword = z.string({ error: 'accounts.password_missing' }).min(1, { error: 'accounts.password_missing' })

/** The administrator's own password, asked again. */
export const linkForm = z.object({ password: ownPassword })

/** With whose eyes an administrator wants to look at the forum. */
export const viewAsForm = z.object({
  who: z.enum(['group', 'member'], { error: 'admin.who_missing' }),
  group: z.union([z.literal(''), id], { error: 'admin.group_missing' }).default(''),
  member: z.string().trim().max(100).default(''),
  password: ownPassword,
})

/** Whether the forum is copied before another one takes its place. */
export const restoreForm = z.object({
  sure: z.literal('1', { error: 'backups.sure_missing' }),
  copy: z
    .literal('1')
    .optional()
    .catch(undefined)
    .transform(value => value === '1'),
})
