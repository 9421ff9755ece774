import { z } from 'zod'

const password = z.string({ error: 'privacy.password_missing' }).min(1, { error: 'privacy.password_missing' })
const posts = z.enum(['keep', 'remove'], { error: 'privacy.posts_missing' })

/** A member deletes the own account. */
export const leaveForm = z.object({ password, posts })

/** An administrator deletes somebody's. */
export const deleteMemberForm = leaveForm.extend({
  when: z.enum(['now', 'later'], { error: 'privacy.staff_when_missing' }),
})

/** A button alone. */
export const noFields = z.object({})
