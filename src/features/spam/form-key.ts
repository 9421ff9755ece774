import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Db, identityOf } from '../../platform/store/index.ts'

const secrets = new WeakMap<object, string>()

/** From now on what forms carry is signed with keys made from this secret, which all processes of the forum share. */
export function signFormsWith(db: Db, secret: string): void {
  secrets.set(identityOf(db), secret)
}

/** A key of its own for each purpose, hex. */
export function formKey(db: Db, purpose: string): string {
  const secret = secrets.get(identityOf(db)) ?? randomBytes(32).toString('hex')
  secrets.set(identityOf(db), secret)
  return createHmac('sha256', secret).update(`spam ${purpose}`).digest('hex')
}

/** The text with our signature behind it, for a hidden field. It can be read, and not be made by others. */
export function seal(db: Db, purpose: string, text: string): string {
  return `${text}.${signature(db, purpose, text)}`
}

/** The text of what `seal` gave for the same purpose; null for anything else. */
export function unseal(db: Db, purpose: string, sealed: unknown): string | null {
  if (typeof sealed !== 'string' || sealed.length > 200) return null
  const at = sealed.lastIndexOf('.')
  const text = sealed.slice(0, at)
  const given = Buffer.from(sealed.slice(at + 1))
  const right = Buffer.from(signature(db, purpose, text))
  return at > 0 && given.length === right.length && timingSafeEqual(given, right) ? text : null
}

function signature(db: Db, purpose: string, text: string): string {
  return createHmac('sha256', formKey(db, purpose)).update(text).digest('base64url')
}
