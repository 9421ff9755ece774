import RateLimiterRes from 'rate-limiter-flexible/lib/RateLimiterRes.js'
import RateLimiterStoreAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js'
import { type Db, withoutSync } from '../store/index.ts'
import { addPoints, type Counter, deletePoints, findPoints, setPoints } from './queries.ts'

type Options = { db: Db; keyPrefix: string; points: number; duration: number }

/**
 * rate-limiter-flexible with its counters in our own database, whichever that is. Nobody waits for the disk: to have what
 * was counted in the last moments forgotten, somebody would have to cut our power, again and again.
 */
export class StoreLimiter extends RateLimiterStoreAbstract {
  readonly #db: Db

  constructor({ db, ...options }: Options) {
    super({ ...options, storeClient: db })
    this.#db = db
  }

  _get(key: string): Promise<Counter | null> {
    return findPoints(this.#db, key, Date.now())
  }

  _delete(key: string): Promise<boolean> {
    return withoutSync(this.#db, tx => deletePoints(tx, key))
  }

  _upsert(key: string, points: number, milliseconds: number, forceExpire = false): Promise<Counter> {
    const now = Date.now()
    const expiresAt = milliseconds > 0 ? now + milliseconds : null
    if (forceExpire) return withoutSync(this.#db, tx => setPoints(tx, key, points, expiresAt))
    return withoutSync(this.#db, tx => addPoints(tx, key, points, expiresAt, now))
  }

  _getRateLimiterRes(_key: string, changed: number, { points, expires_at }: Counter): RateLimiterRes {
    const wait = expires_at === null ? -1 : Math.max(expires_at - Date.now(), 0)
    return new RateLimiterRes(Math.max(this.points - points, 0), wait, points, points === changed)
  }
}
