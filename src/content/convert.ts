import type { ConvertOptions } from './conversion.ts'
import { checkLength } from './limits.ts'
import { isLong } from './long.ts'
import type { Draft } from './pipeline.ts'
import { inThread } from './thread/pool.ts'

/**
 * The same text in the other format: composing either gives the same HTML. What it says is not judged; names stand as
 * typed. Throws Invalid when it is far too long or too complex; Unavailable when too many long texts are waiting. Never
 * call it in a transaction.
 */
export async function convert(draft: Draft, options: ConvertOptions & { readonly maxLength: number }): Promise<Draft> {
  checkLength(draft.body, options.maxLength)
  const { baseUrl } = options
  if (isLong(draft.body)) return inThread('convert', draft, { baseUrl })
  const { convertHere } = await import('./conversion.ts')
  return convertHere(draft, { baseUrl })
}
