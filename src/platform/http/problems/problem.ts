import { type Message, msg, Refusal, TooMany, Unavailable } from '../../errors.ts'
import { ForeignRequest } from '../guard/same-origin.ts'

/** An error as it is told: what happened and what to do next. */
export type Problem = {
  status: number
  title: Message
  text: Message
  hint: Message
  /** For whoever runs the forum. */
  advice: Message | undefined
  /** In seconds. */
  retryAfter: number | undefined
}

const told = [400, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503]

/** What any error means to the one who asked; whatever we did not expect is a fault of ours. */
export function describeProblem(error: unknown): Problem {
  const status = statusOf(error)
  const known = told.includes(status) ? status : status < 500 ? 400 : 500
  const retryAfter = error instanceof TooMany || error instanceof Unavailable ? error.retryAfter : undefined
  const foreign = error instanceof ForeignRequest
  return {
    status,
    title: msg(`http.problem_${known}_title`),
    text: (error instanceof Refusal ? error.reason : undefined) ?? msg(`http.problem_${known}_what`),
    hint: foreign ? msg('http.foreign_next') : hintFor(known, retryAfter),
    advice: foreign ? error.advice : undefined,
    retryAfter,
  }
}

/** Express and its parsers mark what a client did wrong with a status of their own. */
function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status
  if (!(error instanceof Error) || !('status' in error)) return 500
  const { status } = error
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}

function hintFor(status: number, retryAfter: number | undefined): Message {
  if (status !== 429 || retryAfter === undefined) return msg(`http.problem_${status}_next`)
  if (retryAfter <= 90) return msg('http.problem_429_next', { seconds: retryAfter })
  return msg('http.problem_429_next_minutes', { minutes: Math.ceil(retryAfter / 60) })
}
