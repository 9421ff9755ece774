import RateLimiterRes from 'rate-limiter-flexible/lib/RateLimiterRes.js'
import { TooMany } from '../errors.ts'
import type { Db } from '../store/index.ts'
import { givePoints } from './queries.ts'
import { StoreLimiter } from './store-limiter.ts'

/** So many points in so many seconds, counted from the first one spent. */
export type Rule = { points: number; seconds: number }

/** What is left, and in how many seconds everything is there again. */
export type Left = { left: number; retryAfter: number }

export type Limits = {
  /** Takes points, for all processes at once. Throws TooMany when there are not enough. */
  spend(name: string, key: string, rule: Rule, cost?: number): Promise<Left>
  /** What a spend would find; takes nothing. */
  peek(name: string, key: string, rule: Rule): Promise<Left>
  /** Gives points back, never more than were spent. */
  reward(name: string, key: string, points?: number): Promise<void>
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
    async peek(name, key, rule) {
      const found = await limiter(name, rule).get(key)
      return found ? leftOf(found) : { left: rule.points, retryAfter: 0 }
    },
    reward: (name, key, points = 1) => givePoints(db, `${name}:${key}`, points),
    async reset(name, key) {
      await limiter(name, { points: 0, seconds: 0 }).delete(key)
    },
  }
}

function leftOf({ remainingPoints, msBeforeNext }: RateLimiterRes): Left {
  return { left: remainingPoints, retryAfter: Math.max(0, Math.ceil(msBeforeNext / 1000)) }
}
