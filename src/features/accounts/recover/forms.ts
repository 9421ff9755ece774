import { z } from 'zod'

const typedPassword = z.string({ error: 'accounts.password_missing' }).min(1, { error: 'accounts.password_missing' })
const typedEmail = z
  .string({ error: 'accounts.email_missing' })
  .trim()
  .min(1, { error: 'accounts.email_missing' })
  .max(254, { error: 'accounts.email_wrong' })
const typedLogin = z
  .string({ error: 'accounts.login_missing' })
  .trim()
  .min(1, { error: 'accounts.login_missing' })
  .max(254, { error: 'accounts.login_missing' })

/** Who wants to get in again. */
export const recoverForm = z.object({ login: typedLogin })

/** A new password, by whoever came with a link. */
export const newPasswordForm = z.object({ new_password: typedPassword })

/** A new password, by whoever knows the old one. */
export const changePasswordForm = z.object({ password: typedPassword, new_password: typedPassword })

/** The password of the account that a link is about. */
export const ownPasswordForm = z.object({ password: typedPassword })

/** Another address, in place of one that is not proven. */
export const correctEmailForm = z.object({ email: typedEmail })

/** Another address, by whoever knows the password. */
export const changeEmailForm = z.object({ email: typedEmail, password: typedPassword })
