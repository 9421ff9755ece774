import type { IncomingMessage, Server } from 'node:http'
import { type AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { Connections } from './connections.ts'
import { securityHeadersOf } from './guard/security-headers.ts'
import { createServer, STATUS_CODES } from './node-http.ts'
import { OneByOne } from './one-by-one.ts'
import type { Listener } from './web.ts'

export type Serving = {
  port: number
  /** Takes no more requests and finishes what is under way, for at most so long. */
  stop(milliseconds: number): Promise<void>
}

export type ServingLimits = {
  /** Milliseconds in which the head of a request has to be there, the first one counted from the connection on. */
  headersTimeout: number
  /** Milliseconds in which a whole request has to be there. */
  requestTimeout: number
  /** Milliseconds in which nothing moves, in either direction, on a connection that is not idle. */
  stillTimeout: number
  /** Milliseconds for which a connection is kept that is not used. */
  keepAliveTimeout: number
  /** How often it is looked for who took too long, in milliseconds. */
  lookEvery: number
  /** Connections open at the same time; below the 4,096 files that some systems let a process have. */
  connections: number
}

/**
 * An unused connection is kept for longer than a proxy keeps one to us (nginx 60 s, Caddy 2 minutes): whoever closes it
 * first may do so while the other sends a form over it.
 */
const usualLimits: ServingLimits = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  stillTimeout: 60_000,
  keepAliveTimeout: 125_000,
  lookEvery: 5_000,
  connections: 3_800,
}

type Place = { port: number; host: string; baseUrl?: string | undefined }

/** Listens on an address; port 0 is any free one. Rejects with the system's error, EADDRINUSE for one. */
export async function serve(listener: Listener, place: Place, limits: Partial<ServingLimits> = {}): Promise<Serving> {
  const { port, host } = place
  const { lookEvery, stillTimeout, connections, requestTimeout, ...timeouts } = { ...usualLimits, ...limits }
  const open = new Connections(connections)
  const options = {
    ...timeouts,
    // Node.js would end those, too, that may take their time.
    requestTimeout: 0,
    connectionsCheckingInterval: lookEvery,
    // To read the end of what has no body takes a fifth of the time of an answer from the cache.
    optimizeEmptyRequests: true,
  }
  const sent = new OneByOne()
  const server = createServer(options, (req, res) => {
    open.asked(req.socket, res)
    endWhenLate(req, requestTimeout)
    // What eight people send who sign in at once takes longer than anybody should wait who only reads.
    if (req.method === 'GET') listener(req, res)
    else sent.begin(() => req.socket.destroyed || listener(req, res))
  })
  server.timeout = stillTimeout
  server.on('connection', (socket: Socket) => open.open(socket))
  server.on('clientError', unreadable(open, securityHeadersOf(place)))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return { port: (server.address() as AddressInfo).port, stop: milliseconds => stop(server, milliseconds) }
}

const deadlines = new WeakMap<IncomingMessage, NodeJS.Timeout>()

/** Whoever has not sent all of a request in this time is not listened to any longer. */
function endWhenLate(req: IncomingMessage, milliseconds: number): void {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
  if (!hasBody) return
  const timer = setTimeout(() => {
    if (!req.complete) req.socket.destroy()
  }, milliseconds)
  deadlines.set(req, timer)
  req.once('close', () => clearTimeout(timer))
}

/** This request may take as long to come as it takes, as long as something comes: for whoever may send gigabytes. */
export function mayComeSlowly(req: IncomingMessage): void {
  clearTimeout(deadlines.get(req))
}

/** Connections that browsers keep open are closed as soon as nothing is under way on them. */
async function stop(server: Server, milliseconds: number): Promise<void> {
  const closed = new Promise<void>(resolve => void server.close(() => resolve()))
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const deadline = setTimeout(() => server.closeAllConnections(), milliseconds)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}

const reasons: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}

/** Answers what cannot be read as a request, or took too long to come, with the headers that every answer has. */
function unreadable(open: Connections, headers: readonly string[]) {
  const lines = Array.from({ length: headers.length / 2 }, (_, n) => `${headers[n * 2]}: ${headers[n * 2 + 1]}`)
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    if (!socket.writable || !(socket instanceof Socket) || open.isAnswering(socket)) return void socket.destroy()
    const status = reasons[error.code ?? ''] ?? 400
    const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, 'Content-Length: 0', 'Connection: close']
    socket.end(`${head.join('\r\n')}\r\n\r\n`, () => socket.destroy())
  }
}
