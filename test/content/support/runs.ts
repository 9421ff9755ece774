/** The same documents in every run; with STOA_LONG=1 many more, which are others each time. */
export function runs(count: number): { numRuns: number; seed?: number } {
  return process.env.STOA_LONG === '1' ? { numRuns: count * 25 } : { numRuns: count, seed: 2026 }
}
