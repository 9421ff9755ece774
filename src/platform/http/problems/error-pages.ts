import ejs from 'ejs'
import type { ErrorRequestHandler, Request, Response } from 'express'
import { Forbidden, type Message, SignInNeeded } from '../../errors.ts'
import { typedText } from '../forms/forms.ts'
import { ownPath, signInPath } from '../forms/params.ts'
import { ForeignRequest } from '../guard/same-origin.ts'
import { type Logger, logFault } from '../log/logger.ts'
import { page } from '../views/page.ts'
import { describeProblem, type Problem } from './problem.ts'

export type ErrorPageOptions = {
  logger: Logger
  /** Whether this is someone who could still sign in. */
  isGuest(req: Request): boolean
}

/**
 * The one place where errors become answers: guests who may not see a page are led to sign in and back, everyone else
 * learns what happened and what to do next, with what they typed still there.
 */
export function errorPages({ logger, isGuest }: ErrorPageOptions): ErrorRequestHandler {
  return async (error: unknown, req, res, next) => {
    const problem = describeProblem(error)
    if (problem.status >= 500 && hasCause(error, problem)) logFault(logger, req, error)
    if (res.headersSent) return next(error)
    forgetAnswer(res)
    const signIn = asksToSignIn(error, req, isGuest)
    if (signIn && isReading(req)) return res.redirect(303, signInPath(req.originalUrl))
    res.status(problem.status)
    if (problem.retryAfter !== undefined) res.set('Retry-After', String(problem.retryAfter))
    if (!req.accepts('html')) return void res.type('text').send(plainText(req, problem))
    await problemPage(req, res, problem, signIn).catch(failure => {
      logFault(logger, req, failure)
      barePage(req, res, problem)
    })
  }
}

/** Being busy is no fault, but whoever runs the forum wants to know what keeps it from answering. */
function hasCause(error: unknown, { retryAfter }: Problem): boolean {
  return retryAfter === undefined || (error instanceof Error && error.cause !== undefined)
}

/** What was said of an answer that is not given after all. */
function forgetAnswer(res: Response): void {
  for (const name of ['Content-Encoding', 'Content-Length', 'Content-Type', 'ETag', 'Last-Modified', 'Location']) {
    res.removeHeader(name)
  }
  res.set('Cache-Control', 'no-store')
}

function asksToSignIn(error: unknown, req: Request, isGuest: (req: Request) => boolean): boolean {
  if (req.path.startsWith('/login') || error instanceof ForeignRequest) return false
  return error instanceof SignInNeeded || (error instanceof Forbidden && isGuest(req))
}

function isReading({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD'
}

async function problemPage(req: Request, res: Response, problem: Problem, signIn: boolean): Promise<void> {
  const say = (message: Message) => req.t(message.key, message.args)
  const [hint, advice] = [say(problem.hint), problem.advice && say(problem.advice)]
  const typed = Object.entries(typedText(req.body)).map(([name, value]) => ({
    label: req.t(`http.typed_${name}`),
    value,
  }))
  await page(res, 'shared/problem', {
    meta: { title: say(problem.title), noindex: true, noStore: true, narrow: true },
    status: problem.status,
    title: say(problem.title),
    text: say(problem.text),
    hint: advice ? `${hint} ${advice}` : hint,
    typed,
    links: [
      ...(signIn ? [{ href: signInPath(cameFrom(req)), text: req.t('http.sign_in'), primary: true }] : []),
      { href: '/', text: req.t('http.to_index'), primary: !signIn },
    ],
    requestId: problem.status >= 500 ? req.id : undefined,
  })
}

/** The page with the form that was sent. */
function cameFrom(req: Request): string {
  const referrer = req.get('referer') ?? ''
  if (!URL.canParse(referrer)) return '/'
  const { pathname, search } = new URL(referrer)
  return ownPath(pathname + search)
}

/** For when not even the page about the error can be made. */
function barePage(req: Request, res: Response, problem: Problem): void {
  if (res.headersSent) return
  const [title, ...rest] = plainText(req, problem)
    .split('\n')
    .map(line => ejs.escapeXML(line))
  const body = rest.map(line => `<p>${line}</p>`).join('')
  const typed = Object.entries(typedText(req.body)).map(
    ([name, value]) => `<h2>${ejs.escapeXML(req.t(`http.typed_${name}`))}</h2><pre>${ejs.escapeXML(value)}</pre>`,
  )
  const html = `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${body}${typed.join('')}`
  res.type('html').send(html)
}

function plainText(req: Request, { status, title, text, hint }: Problem): string {
  const lines = [title, text, hint].map(({ key, args }) => req.t(key, args))
  return [`${status} ${lines[0]}`, ...lines.slice(1), ...(status >= 500 ? [req.id] : [])].join('\n')
}
