import type { IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import pino, { type Logger as PinoLogger } from 'pino'
import { Refusal } from '../../errors.ts'
import { maskedPath } from './masked-path.ts'

export type Logger = PinoLogger

export type LoggerOptions = {
  level: string
  /** For people at a terminal, instead of JSON lines. */
  readable?: boolean
}

/** Writes what happens to the standard output, one JSON object a line unless it is for people. */
export function createLogger({ level, readable = false }: LoggerOptions): Logger {
  const options = { level, base: undefined, serializers: { error: plainError } }
  return pino(options, readable ? outputForPeople() : output())
}

/** Loaded only where somebody looks. */
function outputForPeople(): pino.DestinationStream {
  const pretty: typeof import('pino-pretty') = createRequire(import.meta.url)('pino-pretty')
  return pretty({ ignore: 'pid,hostname', translateTime: 'HH:MM:ss', singleLine: true, sync: true })
}

const mostWaiting = 1024 * 1024

/** Where nothing can be written, such as on a full disk, lines wait, then are lost; the forum goes on without them. */
function output(): pino.DestinationStream {
  const stream = pino.destination({ dest: 1, sync: true, maxLength: mostWaiting })
  stream.on('error', () => undefined)
  return stream
}

/** Writes down what nobody expected, or what keeps us from answering, under the id that the error page shows. */
export function logFault(logger: Logger, req: IncomingMessage & { id?: string; originalUrl?: string }, error: unknown) {
  const where = { request: req.id, method: req.method, path: maskedPath(req.originalUrl ?? req.url ?? '/') }
  logger[error instanceof Refusal ? 'warn' : 'error']({ ...where, error }, 'failed')
}

/** What helps to find a fault. Errors carry more, such as the body of a form or the row of a table, which stays out. */
export function plainError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack, cause } = error
  const code = 'code' in error ? { code: error.code } : {}
  return { name, message, stack, ...code, ...(cause === undefined ? {} : { cause: plainError(cause) }) }
}
