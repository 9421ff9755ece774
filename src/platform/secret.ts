import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, safe in an address and in a cookie. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored in its place: SHA-256, hex. A random secret of this length needs no salt. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Has it the form of a secret at all? Spares the database a look-up. */
export function isSecret(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{43}$/.test(value)
}
