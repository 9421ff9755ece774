import { createHmac } from 'node:crypto'
import bcrypt from 'bcrypt'
import { hash, hashesAtOnce, matches } from './bcrypt.ts'
import { opaqueString } from './opaque-string.ts'
import { type Lane, Queue, type QueueOptions } from './queue.ts'

export interface HasherOptions extends Partial<QueueOptions> {
  /** bcrypt's cost: each step doubles the time. */
  readonly cost: number
}

export interface Hasher {
  /** Throws Unavailable when too many wait. */
  hashPassword(password: string): Promise<string>
  /**
   * Whether the password made this hash. Without one (nobody of that name, or a member without a password) it takes as
   * long and is false.
   * `first`: goes before those who wait. Throws Unavailable when too many wait.
   */
  verifyPassword(password: string, hash: string | undefined, options?: { first?: boolean }): Promise<boolean>
  /** Whether the hash was made at another cost, so that it should be made anew while the password is at hand. */
  needsRehash(hash: string): boolean
}

/**
 * bcrypt over a digest of the password, two at a time where there are two processors; one for the whole process, because
 * it holds the queue.
 */
export function createHasher({ cost, atOnce = hashesAtOnce, waiting = 20 }: HasherOptions): Hasher {
  const queue = new Queue({ atOnce, waiting })
  const nobody = bcrypt.genSaltSync(cost) + '.'.repeat(31)
  const lane = (first?: boolean): Lane => (first ? 'first' : 'others')
  return {
    hashPassword: password => queue.run('others', () => hash(digest(password), cost)),
    async verifyPassword(password, stored, { first } = {}) {
      const known = stored !== undefined && isHash(stored)
      const same = await queue.run(lane(first), () => matches(digest(password), known ? stored : nobody))
      return same && known
    },
    needsRehash: stored => !isHash(stored) || bcrypt.getRounds(stored) !== cost,
  }
}

function isHash(text: string): boolean {
  return /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/.test(text)
}

/**
 * bcrypt reads 72 bytes and stops at a NUL: the digest makes every password 64 plain characters. Its key is public and
 * fixed. It only keeps these digests apart from others of the same password, and losing a secret locks nobody out.
 */
function digest(password: string): string {
  return createHmac('sha384', 'stoa:password:1').update(opaqueString(password)).digest('base64')
}
