import { z } from 'zod'

const form = z.object({ until: z.coerce.number().int().positive().catch(Number.POSITIVE_INFINITY) }).catch({
  until: Number.POSITIVE_INFINITY,
})

/** When the page with the button was shown (epoch ms), but not later than now: what came since is still new. */
export function shownUntil(body: unknown, now: number): number {
  return Math.min(form.parse(body).until, now)
}
