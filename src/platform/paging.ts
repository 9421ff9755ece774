/** A part of a list. */
export interface Window {
  readonly offset: number
  readonly limit: number
}

/** How many pages so many items fill; never none. */
export function pagesOf(items: number, size: number): number {
  return Math.max(1, Math.ceil(items / size))
}

/** The part of a list that stands on a page. */
export function windowOf(page: number, size: number): Window {
  return { offset: (page - 1) * size, limit: size }
}
