import type { Request } from 'express'
import { type Form, withErrors } from '../../../platform/http/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import { registrationTexts } from '../terms/terms.ts'
import { tickFault } from '../terms/tick.ts'

/** The version of the terms that was accepted; null while there are none. */
export interface Accepted {
  readonly terms: number | null
}

/**
 * A form to register with the tick under the terms (view pages/_accept): an error at `terms` where it is missing, or
 * stood under a version that is not the newest any more.
 */
export async function withTerms<V>(db: Db, req: Request, form: Form<V>): Promise<Form<V & Accepted>> {
  const texts = await registrationTexts(db)
  const fault = tickFault(req.body?.terms, texts)
  if (fault) return withErrors(form, { terms: fault })
  return form.errors ? form : { ...form, values: { ...form.values, terms: texts.version } }
}
