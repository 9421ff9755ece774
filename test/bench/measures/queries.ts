import pg from 'pg'
import pino from 'pino'
import { createApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import { serve } from '../../../src/platform/http/index.ts'
import { openStore } from '../../../src/platform/store/index.ts'
import { SqliteConnection } from '../../../src/platform/store/sqlite/connection.ts'
import { ask } from '../ask.ts'
import type { Scene } from '../cases/case.ts'
import { passingTheCache } from '../cases/reading.ts'
import { replyBody } from '../cases/writing.ts'
import { atEnd } from '../endings.ts'
import type { Ground } from '../ground/ground.ts'
import { browserHeaders, formHeaders, plainHeaders, writingAction } from '../visits.ts'

/** How often the database is asked for one request, begin and commit included. */
export type Queries = Record<string, number>

type Scenes = Pick<Scene, 'places' | 'cookies'>

/** Asks a forum in this process, whose connections to the database count. */
export async function countQueries({ database, folder }: Ground, { places, cookies }: Scenes): Promise<Queries> {
  const counted = countAll()
  const config = { ...readConfig({ DATA_DIR: folder }), database }
  const store = await openStore(database)
  const app = await createApp({ config, store, logger: pino({ level: 'silent' }) })
  const serving = await serve(app.app, { host: '127.0.0.1', port: 0 })
  atEnd(async () => {
    await serving.stop(500)
    await app.close()
    await store.close()
  })
  const url = `http://127.0.0.1:${serving.port}`
  const count = async (path: string, asking: Parameters<typeof ask>[1]) => {
    const before = counted()
    const { status } = await ask(url + path, asking)
    if (status >= 400) throw new Error(`${path} answers ${status}`)
    return counted() - before
  }
  const queries: Queries = {}
  for (const [name, path, headers] of pages({ places, cookies })) {
    await count(path, { headers })
    queries[name] = await count(path, { headers })
  }
  const cookie = cookies[0] ?? ''
  const action = await writingAction(url, places.quiet[0] ?? places.topic, { cookie })
  const reply = () => ({ method: 'POST', headers: { ...formHeaders, cookie }, body: replyBody('How many questions?') })
  await count(action, reply())
  queries['member: reply'] = await count(action, reply())
  return queries
}

function pages({ places: { forum, topic, deep }, cookies }: Scenes): [string, string, Record<string, string>][] {
  const member = { ...plainHeaders, cookie: cookies[0] ?? '' }
  const named: [string, string][] = [
    ['index', '/'],
    ['forum', forum],
    ['topic', topic],
    ['deep page', deep],
  ]
  return [
    ...named.map(([name, path]): [string, string, Record<string, string>] => [
      `guest: ${name} uncached`,
      path,
      passingTheCache,
    ]),
    ['guest: topic cached', topic, browserHeaders],
    ...named.map(([name, path]): [string, string, Record<string, string>] => [`member: ${name}`, path, member]),
  ]
}

/** From now on. */
function countAll(): () => number {
  let times = 0
  for (const [owner, name] of [
    [SqliteConnection.prototype, 'ask'],
    [pg.Client.prototype, 'query'],
  ] as const) {
    const asIs: unknown = Reflect.get(owner, name)
    if (typeof asIs !== 'function') throw new Error(`There is no ${name}`)
    Reflect.set(owner, name, function (this: unknown, ...given: unknown[]) {
      times++
      return Reflect.apply(asIs, this, given)
    })
  }
  return () => times
}
