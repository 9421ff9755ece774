import RateLimiterRes from 'rate-limiter-flexible/lib/RateLimiterRes.js'
import { TooMany } from '../errors.ts'
import { type Db, withoutSync } from '../store/index.ts'
import { givePoints } from './queries.ts'
import { StoreLimiter } from './store-limiter.ts'

/** So many points in so many seconds, counted from the first one spent. */
export type Rule = { points: number; seconds: number }

/** What is left, and in how many seconds everything is there again. */
export type Left = { left: number; retryAfter: number }

/** What is counted, who does it, and by which rule. */
export type Counter = readonly [name: string, key: string, rule: Rule]

export type Limits = {
  /** Takes points, for all processes at once. Throws TooMany when there are not enough. */
  spend(name: string, key: string, rule: Rule, cost?: number): Promise<Left>
  /** A point of each, in this order; the first that has none left refuses, and it and those before it have counted. */
  spendEach(counters: readonly Counter[]): Promise<void>
  /** What a spend would find; takes nothing. */
  peek(name: string, key: string, rule: Rule): Promise<Left>
  /** Gives points back, never more than were spent. */
  reward(name: string, key: string, points?: number): Promise<void>
  /** A point back to each. */
  rewardEach(counters: readonly Counter[]): Promise<void>
  /** Forgets everything that was spent. */
  reset(name: string, key: string): Promise<void>
}

/**
 * Counters in the forum's database: `name` is what is counted, `key` who does it. In a transaction that is rolled back
 * nothing is spent, so there it is only for what then has not happened.
 */
export function limits(db: Db): Limits {
  const limiter = (name: string, rule: Rule) =>
    new StoreLimiter({ db, keyPrefix: name, points: rule.points, duration: rule.seconds })
  return {
    async spend(name, key, rule, cost = 1) {
      try {
        return leftOf(await limiter(name, rule).consume(key, cost))
      } catch (refused) {
        if (refused instanceof RateLimiterRes) throw new TooMany(refused.msBeforeNext / 1000)
        throw refused
      }
    },
    async spendEach(counters) {
      const refusal = await withoutSync(db, tx => spendUntilRefused(limits(tx), counters))
      if (refusal) throw refusal
    },
    async peek(name, key, rule) {
      const found = await limiter(name, rule).get(key)
      return found ? leftOf(found) : { left: rule.points, retryAfter: 0 }
    },
    reward: (name, key, points = 1) => withoutSync(db, tx => givePoints(tx, `${name}:${key}`, points)),
    rewardEach: counters =>
      withoutSync(db, async tx => {
        for (const [name, key] of counters) await limits(tx).reward(name, key)
      }),
    async reset(name, key) {
      await limiter(name, { points: 0, seconds: 0 }).delete(key)
    },
  }
}

/** Gives the refusal back: thrown in the transaction, it would undo what was counted. */
async function spendUntilRefused({ spend }: Limits, counters: readonly Counter[]): Promise<TooMany | null> {
  try {
    for (const counter of counters) await spend(...counter)
    return null
  } catch (refusal) {
    if (refusal instanceof TooMany) return refusal
    throw refusal
  }
}

function leftOf({ remainingPoints, msBeforeNext }: RateLimiterRes): Left {
  return { left: remainingPoints, retryAfter: Math.max(0, Math.ceil(msBeforeNext / 1000)) }
}
