import type { Response } from 'express'
import { Forbidden, type Message, msg, TooMany, Unavailable } from '../../../platform/errors.ts'
import { type Form, type Submitted, submit, withErrors } from '../../../platform/http/index.ts'

/**
 * Like `submit`, and a refusal that will pass (too often, too busy) or that is the forum's choice comes back as an error
 * of the whole form as well, so that nothing typed is lost. Sets the status of the answer.
 */
export async function attempt<V, R>(
  res: Response,
  form: Form<V>,
  action: (values: V) => Promise<R>,
): Promise<Submitted<R>> {
  try {
    const submitted = await submit(form, action)
    if (submitted.form) res.status(422)
    return submitted
  } catch (refused) {
    const message = messageOf(refused)
    if (!message) throw refused
    answerRefused(res, refused)
    return { done: undefined, form: withErrors({ ...form, errors: form.errors ?? {} }, { '': message }) }
  }
}

function messageOf(refused: unknown): Message | undefined {
  if (refused instanceof TooMany) {
    return msg('accounts.too_many', { minutes: Math.ceil(refused.retryAfter / 60) })
  }
  if (refused instanceof Unavailable) return refused.reason ?? msg('accounts.too_busy')
  return refused instanceof Forbidden ? refused.reason : undefined
}

function answerRefused(res: Response, refused: unknown): void {
  if (refused instanceof TooMany || refused instanceof Unavailable) {
    res.status(refused.status).set('Retry-After', String(refused.retryAfter))
  } else if (refused instanceof Forbidden) res.status(refused.status)
}
