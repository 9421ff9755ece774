import { randomBytes } from 'node:crypto'
import type { Handler } from '../web.ts'
import type { Logger } from './logger.ts'
import { maskedPath } from './masked-path.ts'

/** Gives each request an id, and writes a line for it when it is answered: nothing personal, no secrets. */
export function requestLog(logger: Logger): Handler {
  return (req, res, next) => {
    const began = performance.now()
    const id = randomBytes(8).toString('hex')
    const path = maskedPath(req.url ?? '/')
    Object.assign(req, { id })
    res.once('close', () => {
      const line = {
        request: id,
        method: req.method,
        path,
        status: res.statusCode,
        ms: Math.round((performance.now() - began) * 10) / 10,
        ...(res.writableFinished ? {} : { aborted: true }),
      }
      logger[res.statusCode >= 500 ? 'warn' : 'info'](line, 'answered')
    })
    next()
  }
}
