import type { CaseResult } from '../measures/compare-with-bare.ts'
import type { Queries } from '../measures/queries.ts'
import type { Starts } from '../measures/start.ts'
import type { Waiting } from '../measures/waiting.ts'
import type { Weight } from '../measures/weight.ts'
import type { Options } from '../options.ts'
import type { MemoryInUse } from '../server-process.ts'
import type { Figure } from './figures.ts'

export type Memory = { readonly idle: MemoryInUse; readonly afterLoad: MemoryInUse }

/** Everything that a run found; what `--only` left out is missing. */
export type Measured = {
  readonly cases: CaseResult[]
  waiting?: Waiting
  memory?: Memory
  starts?: Starts
  queries?: Queries
  weight?: Weight
}

/** What is written to the file. */
export type Result = Measured & {
  /** ISO 8601 */
  readonly made: string
  readonly node: string
  readonly processor: string
  readonly processors: number
  readonly options: Pick<Options, 'database' | 'posts' | 'random' | 'seconds'>
  readonly figures: readonly Figure[]
}
