import { z } from 'zod'

/** RFC 5321, section 4.5.3.1.3: a path has 256 characters, its brackets included. */
const longestEmail = 254

const email = z.email().max(longestEmail)

/** Whether this is written like an e-mail address that reaches somebody. */
export function isEmail(text: string): boolean {
  return email.safeParse(text).success
}
