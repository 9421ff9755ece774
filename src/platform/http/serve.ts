import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Listener } from './web.ts'

export type Serving = {
  port: number
  /** Takes no more requests and finishes what is under way, for at most so long. */
  stop(milliseconds: number): Promise<void>
}

/**
 * Longer than a proxy keeps a connection to us that it does not use (nginx 60 s, Caddy 2 minutes): whoever closes it
 * first may do so while the other sends a form over it.
 */
const keepAliveTimeout = 125_000

/** Listens on an address; port 0 is any free one. Rejects with the system's error, EADDRINUSE for one. */
export async function serve(listener: Listener, { port, host }: { port: number; host: string }): Promise<Serving> {
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout }, listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return { port: (server.address() as AddressInfo).port, stop: milliseconds => stop(server, milliseconds) }
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
