import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { goOutBy } from '../../../src/features/cards/index.ts'
import { FetchFailed, openWayOut, type WayOut } from '../../../src/platform/outward/index.ts'
import type { TestForum } from '../../support/index.ts'

/** What is at an address: a page, or anything else with its type; a number is a status. */
export type There = string | number | { readonly type: string; readonly body: string | Buffer }

/** An internet of these addresses, on this machine, to which the forum goes out. */
export async function elsewhere(t: TestContext, forum: TestForum, there: Record<string, There>) {
  const visits: string[] = []
  const server = createServer((req, res) => {
    const address = `https://${req.headers.host?.split(':')[0]}${req.url}`
    visits.push(address)
    const found = there[address] ?? 404
    const answer = typeof found === 'string' ? { type: 'text/html; charset=utf-8', body: found } : found
    if (typeof answer === 'number') res.writeHead(answer).end()
    else res.writeHead(200, { 'content-type': answer.type }).end(answer.body)
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  goOutBy(forum.db, wayTo(port))
  return { visits, there }
}

/** Every name leads to that port, where no certificate is asked for. */
function wayTo(port: number): WayOut {
  const way = openWayOut({ except: [{ address: '127.0.0.1', port }], resolve: async () => ['127.0.0.1'] })
  return {
    async fetchOut(address, wanted) {
      const url = URL.parse(address)
      if (url?.protocol !== 'https:') throw new FetchFailed('address')
      const found = await way.fetchOut(`http://${url.hostname}:${port}${url.pathname}${url.search}`, wanted)
      return { ...found, url: address }
    },
  }
}
