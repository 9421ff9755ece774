/** The page on which what stands at this place is shown, with so many posts a page. */
export function pageOfPlace(place: number, size: number): number {
  return Math.max(1, Math.ceil(place / size))
}

/** The places that a page shows, both ends included. What was put before all public posts stands on the first page. */
export function placesOnPage(page: number, size: number): { from: number; to: number } {
  return { from: page === 1 ? 0 : (page - 1) * size + 1, to: page * size }
}
