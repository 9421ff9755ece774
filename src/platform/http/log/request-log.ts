import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Handler } from '../web.ts'
import type { Logger } from './logger.ts'
import { maskedPath } from './masked-path.ts'

/**
 * Gives each request an id, and writes a line for it when it is answered: nothing personal, no secrets. An id is the
 * process's own random name and a number, so that no two requests share one, whichever process answered.
 */
export function requestLog(logger: Logger): Handler {
  const process = randomBytes(5).toString('hex')
  let requests = 0
  return (req: IncomingMessage & { id?: string }, res, next) => {
    const id = `${process}${(++requests).toString(16).padStart(6, '0')}`
    req.id = id
    const began = performance.now()
    const url = req.url ?? '/'
    res.on('close', () => {
      const level = res.statusCode >= 500 ? 'warn' : 'info'
      if (!logger.isLevelEnabled(level)) return
      const line = {
        request: id,
        method: req.method,
        path: maskedPath(url),
        status: res.statusCode,
        ms: Math.round((performance.now() - began) * 10) / 10,
        ...(res.writableFinished ? {} : { aborted: true }),
      }
      logger[level](line, 'answered')
    })
    next()
  }
}
