import { createHash } from 'node:crypto'
import type { Request } from 'express'
import session, { type Session, type SessionData } from 'express-session'
import { passOverUnavailable } from '../../errors.ts'
import { type Db, inTransaction, withoutSync } from '../../store/index.ts'
import { deleteSession, findSession, insertSession, passOnSession, updateSession } from './queries.ts'

/** A session that nobody used for so long is over. */
export const idleMs = 30 * 24 * 60 * 60 * 1000
const touchEveryMs = 60 * 1000
/** So long after a session moved to another id the old one leads to it: what other tabs asked meanwhile still arrives. */
const graceMs = 10 * 1000

type Done<Found = void> = (error: unknown, found?: Found) => void

/**
 * express-session's store over our `sessions` table. The cookie's value is kept as a hash only, so that whoever reads
 * the database cannot be anybody. What was written last is remembered, to write nothing twice.
 */
export class SessionStore extends session.Store {
  readonly #db: Db
  readonly #touchedAt = new WeakMap<object, number>()
  readonly #written = new WeakMap<object, string>()
  /** Where sessions stand that were found under an id which they had before. */
  readonly #movedTo = new WeakMap<object, string>()

  constructor(db: Db) {
    super()
    this.#db = db
  }

  override get(id: string, done: Done<SessionData | null>): void {
    answer(this.#find(id), done)
  }

  override set(id: string, data: SessionData, done?: Done): void {
    answer(this.#keep(id, data), done)
  }

  override destroy(id: string, done?: Done): void {
    answer(deleteSession(this.#db, hashOf(id)), done)
  }

  override touch(id: string, data: SessionData, done?: Done): void {
    answer(this.#touch(id, data).catch(passOverUnavailable), done)
  }

  override createSession(req: Request, data: SessionData): Session & SessionData {
    const made = super.createSession(req, data) as Session & SessionData
    this.#touchedAt.set(made, this.#touchedAt.get(data) ?? 0)
    this.#written.set(made, contentOf(made))
    const movedTo = this.#movedTo.get(data)
    if (movedTo) this.#movedTo.set(made, movedTo)
    return made
  }

  /** Was it found under an id which it had before? */
  hasMoved(data: Partial<SessionData>): boolean {
    return this.#movedTo.has(data)
  }

  /** It is kept under a new id by now: the old one leads to it for some seconds. */
  async passOn({ memberId }: Partial<SessionData>, { from, to }: { from: string; to: string }): Promise<void> {
    const now = Date.now()
    const kept = { member_id: memberId ?? null, now, until: now + graceMs }
    await passOnSession(this.#db, { from: hashOf(from), to: hashOf(to) }, kept)
  }

  /** Under which id it is kept. */
  keyOf(id: string, data: Partial<SessionData>): string {
    return this.#movedTo.get(data) ?? hashOf(id)
  }

  /** Whether it stands in the database. */
  isKept(data: Partial<SessionData>): boolean {
    return this.#written.has(data)
  }

  /** Whether it stands there as it is. */
  isWritten(data: Partial<SessionData>): boolean {
    return this.#written.get(data) === contentOf(data)
  }

  async #find(id: string): Promise<SessionData | null> {
    const hash = hashOf(id)
    const row = await findSession(this.#db, hash, Date.now())
    if (!row) return null
    const data: SessionData = JSON.parse(row.data)
    if (row.id !== hash) this.#movedTo.set(data, row.id)
    this.#touchedAt.set(data, row.touched_at)
    return data
  }

  async #keep(id: string, data: SessionData): Promise<void> {
    const now = Date.now()
    const member_id = data.memberId ?? null
    const { origin, ...content } = data
    const kept = { member_id, data: JSON.stringify(content), touched_at: now, expires_at: now + idleMs }
    await inTransaction(this.#db, tx =>
      this.isKept(data)
        ? updateSession(tx, this.keyOf(id, data), kept)
        : insertSession(tx, hashOf(id), { ...kept, ...origin }),
    )
    this.#touchedAt.set(data, now)
    this.#written.set(data, contentOf(data))
  }

  async #touch(id: string, data: SessionData): Promise<void> {
    const now = Date.now()
    if (now - (this.#touchedAt.get(data) ?? 0) < touchEveryMs) return
    const kept = { touched_at: now, expires_at: now + idleMs }
    // Lost, it is written again with the next request; nobody's session is over a minute early because of it.
    await withoutSync(this.#db, tx => updateSession(tx, this.keyOf(id, data), kept))
    this.#touchedAt.set(data, now)
  }
}

function answer<Found>(work: Promise<Found>, done: Done<Found> = () => undefined): void {
  work.then(
    found => done(null, found),
    error => done(error),
  )
}

/** The cookie's own dates change with every request and are no content; where it began stands in columns. */
function contentOf({ cookie: _cookie, origin: _origin, ...content }: Partial<SessionData>): string {
  return JSON.stringify(content)
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex')
}
