import { numbers, type T, type Times, times, translator } from '../../locale/index.ts'
import type { Assets } from '../assets/assets.ts'
import type { PageMeta } from './page-meta.ts'
import type { Shell } from './shell.ts'

export type { PageMeta } from './page-meta.ts'

/** What hangs on `it` in every view and part, besides the data given to it and `include`. */
export type ViewHelpers = {
  t: T
  number(value: number): string
  times: Times
  /** `<time>` as HTML. */
  time(this: { include(view: string, data: Record<string, unknown>): object }, ms: number): object
  /** An icon as HTML; without a label it is decoration beside a word. */
  icon(name: string, label?: string): string
  /** The address of a built file: `asset('main.css')`. */
  asset(file: string): string
  shell: Shell
  meta: PageMeta
  /** Path and query of this page: where a form may lead back to. */
  here: string
}

export type PageOf = { here: string; assets: Assets; shell: Shell; meta: PageMeta }

export function viewHelpers({ here, assets, shell, meta }: PageOf): ViewHelpers {
  return {
    t: translator(shell.locale),
    number: numbers(shell.locale),
    times: times(shell.locale, shell.timeZone),
    time(ms) {
      return this.include('shared/time', { at: ms })
    },
    icon: assets.icon,
    asset: assets.url,
    shell,
    meta,
    here,
  }
}
