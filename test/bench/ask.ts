import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export type Answer = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** From sending it to the last byte of the answer, in milliseconds. */
  readonly ms: number
}

export type Asking = { method?: string; headers?: Record<string, string>; body?: string; agent?: Agent }

const keptOpen = new Agent({ keepAlive: true, timeout: 60_000 })

/** One request, without following redirects or unpacking the answer. */
export function ask(
  url: string,
  { method = 'GET', headers = {}, body, agent = keptOpen }: Asking = {},
): Promise<Answer> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, response => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response
        resolve({ status, headers, body: Buffer.concat(parts), ms: performance.now() - began })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
