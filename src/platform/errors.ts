/** A phrase to be said on screen, by its key in the locale files, with what stands in its places. */
export type Message = { key: string; args?: Record<string, string | number> }

export function msg(key: string, args?: Record<string, string | number>): Message {
  return args ? { key, args } : { key }
}

/**
 * What a person asked for and does not get, for a reason we expected. The web answers with `status` and says `reason`;
 * anything thrown that is no Refusal is a fault of ours.
 */
export abstract class Refusal extends Error {
  abstract readonly status: number
  readonly reason: Message | undefined

  constructor(reason?: Message, options?: ErrorOptions) {
    super(reason?.key ?? '', options)
    this.name = new.target.name
    this.reason = reason
    if (!this.message) this.message = this.name
  }
}

/** It does not exist, or this viewer may not know that it does. */
export class NotFound extends Refusal {
  readonly status = 404
}

/** It was deleted from a place that this viewer may read. */
export class Gone extends Refusal {
  readonly status = 410
}

/** They may see it and may not do this. */
export class Forbidden extends Refusal {
  readonly status = 403
}

/** A guest who would be asked in: led to sign in and then back. */
export class SignInNeeded extends Refusal {
  readonly status = 403
}

/** What was typed cannot be taken; `errors` says why, by the name of the field ('' for the form as a whole). */
export class Invalid extends Refusal {
  readonly status = 422
  readonly errors: Record<string, Message>

  constructor(errors: Record<string, Message>, reason?: Message) {
    super(reason ?? Object.values(errors)[0])
    this.errors = errors
  }
}

/** Someone else was there first: it is no longer as this person saw it. */
export class Conflict extends Refusal {
  readonly status = 409
}

/** Asked too often; `retryAfter` is in seconds. */
export class TooMany extends Refusal {
  readonly status = 429
  readonly retryAfter: number

  constructor(retryAfter: number, reason?: Message) {
    super(reason)
    this.retryAfter = Math.max(1, Math.ceil(retryAfter))
  }
}

/** We cannot at the moment and nobody is to blame; `retryAfter` is in seconds. */
export class Unavailable extends Refusal {
  readonly status = 503
  readonly retryAfter: number

  constructor(retryAfter = 5, reason?: Message, options?: ErrorOptions) {
    super(reason, options)
    this.retryAfter = Math.max(1, Math.ceil(retryAfter))
  }
}

/**
 * For what is noted beside a page: whoever comes to read is not turned away because nothing can be written at this moment.
 * Throws every other error.
 */
export function passOverUnavailable(error: unknown): void {
  if (!(error instanceof Unavailable)) throw error
}

/** Goes on only when it is allowed. Throws Forbidden, with the words given, or the refusal given. */
export function allow(ok: boolean, refusal?: Refusal | Message): asserts ok {
  if (ok) return
  throw refusal instanceof Refusal ? refusal : new Forbidden(refusal)
}
