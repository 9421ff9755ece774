/** Random numbers that are the same for the same seed (mulberry32, public domain, by Tommy Ettinger). */
export interface Random {
  /** At least 0, less than 1. */
  next(): number
  /** A whole number, at least 0 and less than this. */
  below(limit: number): number
  pick<T>(list: readonly T[]): T
  chance(probability: number): boolean
  /** Exponentially distributed with this mean. */
  wait(mean: number): number
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    pick: list => list[below(list.length)] as (typeof list)[number],
    chance: probability => next() < probability,
    wait: mean => -Math.log(1 - next()) * mean,
  }
}
