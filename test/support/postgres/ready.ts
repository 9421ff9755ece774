import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import pg from 'pg'

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('No free port')
  return address.port
}

const patience = 30_000

/** Answers under our password from our folder: nobody else's server does. */
export async function untilReady(server: ChildProcess, url: string, data: string): Promise<void> {
  let said = ''
  server.stderr?.on('data', (text: Buffer) => {
    said = (said + text).slice(-4000)
  })
  for (const began = Date.now(); Date.now() - began < patience; ) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start: ${said}`)
    const folder = await dataFolder(url)
    if (folder === data) return
    if (folder) throw new Error(`Another PostgreSQL answers, from ${folder}`)
    await new Promise(resolve => setTimeout(resolve, 30))
  }
  throw new Error(`PostgreSQL does not answer: ${said}`)
}

async function dataFolder(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}
