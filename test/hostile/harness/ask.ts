import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import type { TestContext } from 'node:test'
import type { TestForum, Visitor } from '../../support/index.ts'

export type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Asking = {
  readonly method?: string
  readonly cookie?: string
  readonly headers?: Readonly<Record<string, string>>
  /** As it travels. */
  readonly body?: string
}

/** Sends requests as they are: a path that no browser would send arrives as it was written, and no redirect is followed. */
export type Ask = (path: string, asking?: Asking) => Promise<Answer>

/** Keeps its connections, so many at most, open until the test is over. */
export function asker(t: TestContext, { url }: Pick<TestForum, 'url'>, maxSockets = 4): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets })
  t.after(() => agent.destroy())
  const { hostname, port } = new URL(url)
  return (path, { method = 'GET', cookie, headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const form = {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': Buffer.byteLength(body ?? ''),
      }
      const all = {
        Accept: 'text/html',
        ...(cookie && { Cookie: cookie }),
        ...(body !== undefined && form),
        ...headers,
      }
      const asked = request({ hostname, port, path, method, agent, headers: all }, response => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8')
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text })
        })
      })
      asked.on('error', reject)
      asked.end(body)
    })
}

/** What a browser of our own pages says about itself. */
export const ownPage = { 'Sec-Fetch-Site': 'same-origin' }

/** The cookies that this visitor's browser has. */
export function cookiesOf(visitor: Visitor): string {
  const jar = visitor.agent.jar.getCookies({ domain: '127.0.0.1', path: '/', secure: false, script: false })
  return jar.toValueString()
}
