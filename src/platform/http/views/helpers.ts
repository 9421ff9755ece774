import { numbers, type T, type Times, times, translator } from '../../locale/index.ts'
import type { Assets } from '../assets/assets.ts'
import type { Shell } from './shell.ts'

/** What a page says of itself. */
export type PageMeta = {
  title: string
  description?: string
  /** The path under which search engines should know this page. */
  canonical?: string
  /** Search engines should leave it out. */
  noindex?: boolean
  breadcrumb?: { href: string; text: string }[]
  /** Holds a secret: nobody keeps a copy. */
  noStore?: boolean
  narrow?: boolean
}

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
