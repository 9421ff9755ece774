import { z } from 'zod'

const name = z.string({ error: 'accounts.name_missing' }).trim().min(1, { error: 'accounts.name_missing' })
const email = z.string({ error: 'accounts.email_missing' }).trim().min(1, { error: 'accounts.email_missing' })
const password = z.string({ error: 'accounts.password_missing' }).min(1, { error: 'accounts.password_missing' })
const ticked = z
  .literal('1')
  .optional()
  .catch(undefined)
  .transform(value => value === '1')

/** What a new member says of themselves; the rules for names and passwords are the action's. */
export const registerFields = { name, email, password }
export const registerForm = z.object(registerFields)

const login = z.string({ error: 'accounts.login_missing' }).trim().min(1, { error: 'accounts.login_missing' })

export const signInFields = { login, password, remember: ticked }
export const signInForm = z.object(signInFields)

const forumName = z
  .string({ error: 'accounts.setup_name_missing' })
  .trim()
  .min(1, { error: 'accounts.setup_name_missing' })
  .max(60, { error: 'accounts.setup_name_long' })
const address = z.string({ error: 'accounts.setup_address_wrong' }).trim()

export const setupForm = z.object({ ...registerFields, forum_name: forumName, base_url: address, sample: ticked })

const choice = z.string().max(100).catch('')

export const preferencesForm = z.object({
  locale: choice,
  time_zone: choice,
  theme: choice,
  show_online: ticked,
  show_signatures: ticked,
})

/** What somebody wrote before they were asked to sign in; it travels in hidden fields. */
export const carriedForm = z
  .object({
    /** The place it was written for. */
    carry: z.string().optional().catch(undefined),
    title: z.string().optional().catch(undefined),
    prefix: z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined),
    body: z.string().optional().catch(undefined),
    format: z.enum(['markdown', 'html']).catch('markdown'),
  })
  .catch({ format: 'markdown' })
