import { z } from 'zod'

const wellFormed = z.string().transform(text => text.toWellFormed())
const time = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

/** Where something is typed; what is no place is refused by whoever reads it. */
const place = z.string()

/** What is typed somewhere, as the browser sends it to be saved. */
export const typedForm = z.object({
  place,
  title: wellFormed.nullish().transform(title => title || null),
  prefix: z.coerce.number().int().min(1).max(2_147_483_647).nullable().catch(null),
  body: wellFormed,
  format: z.enum(['markdown', 'html']),
  /** When what it goes on from was saved. */
  base: time.optional().catch(undefined),
})

/** It is not wanted any more. */
export const clearForm = z.object({ place, at: time.optional().catch(undefined) })
