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
  /** The place that the page is about, for what stands above the pages of some places only. */
  place?: number
}
