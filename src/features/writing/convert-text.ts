import { convert } from '../../content/index.ts'
import { limits } from '../../platform/limits/index.ts'
import type { Db } from '../../platform/store/index.ts'
import { settings } from '../settings/index.ts'

export interface Typed {
  readonly body: string
  readonly format: 'markdown' | 'html'
}

/** Who switches to and fro by hand stays far below it. A long text costs more than one point. */
const patience = { points: 120, seconds: 60 }
/** Characters. */
const perPoint = 32 * 1024

/**
 * The text in the other format, for the editor's switch. Throws TooMany when somebody asks too often, else as `convert`.
 * `by`: who asks, for counting.
 */
export async function convertFor(db: Db, by: string, typed: Typed): Promise<Typed> {
  await limits(db).spend('convert', by, patience, 1 + Math.floor(typed.body.length / perPoint))
  return convertText(db, typed)
}

/** The same for a text that is on its way to be kept. Throws as `convert`. */
export async function convertText(db: Db, typed: Typed): Promise<Typed> {
  const rules = await settings(db)
  return convert(typed, { maxLength: rules.post_max_length, baseUrl: rules.base_url || undefined })
}
