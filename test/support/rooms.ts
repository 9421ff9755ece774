import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Express, RequestHandler } from 'express'
import { loadViewer } from '../../src/features/members/index.ts'
import {
  type Assets,
  compileViews,
  createLogger,
  errorPages,
  type Listener,
  openAssets,
  type ShellSlots,
  setReading,
  shellSlots,
  webApp,
} from '../../src/platform/http/index.ts'
import type { Db } from '../../src/platform/store/index.ts'

/** What a web is told that has the pages of a few features only. */
export const roomConfig = {
  baseUrl: undefined,
  trustProxy: 'loopback',
  sessionSecret: 'x'.repeat(40),
}

/** Names of styles and scripts, without anything built. */
export function roomAssets(t: TestContext): Assets {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-assets-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'build'))
  const built = {
    'main.css': 'main.css',
    'main.js': 'main.js',
    'sprite.svg': 'sprite.svg',
    'proof-worker.js': 'proof-worker.js',
    'rich-editor.css': 'rich-editor.css',
  }
  writeFileSync(join(folder, 'build', 'manifest.json'), JSON.stringify(built))
  return openAssets(folder)
}

/** Whoever is signed in, as the header shows them. */
export const roomMember: ShellSlots['member'] = ({ viewer: { member } }) =>
  member && { name: member.name, path: member.path, colour: 0 }

/** Listens until the test is over; where. */
export function serveRoom(t: TestContext, listener: Listener): Promise<string> {
  return new Promise(resolve => {
    const server = createServer(listener).listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    })
    t.after(() => {
      server.close()
      server.closeAllConnections()
    })
  })
}

const views = compileViews('views', { debug: true })

/** A web with the forum's views and nothing in it yet. */
export function roomWeb(t: TestContext, shell: Parameters<typeof shellSlots>[0], config = roomConfig): Express {
  return webApp({ config, views, assets: roomAssets(t), shell: shellSlots({ member: roomMember, ...shell }) })
}

/** Believes the header `x-member` about who asks, and `x-locale` about their language. */
export function whoTheySay(db: Db): RequestHandler {
  return async (req, _res, next) => {
    req.viewer = await loadViewer(db, Number(req.get('x-member') ?? 0) || null, '192.0.2.1')
    setReading(req, { locale: req.get('x-locale') ?? 'en', timeZone: 'UTC', theme: 'system' })
    next()
  }
}

/** Answers what went wrong with a page, and listens until the test is over; where. */
export function openRoom(t: TestContext, app: Express): Promise<string> {
  app.use(errorPages({ logger: createLogger({ level: 'silent' }), isGuest: req => !req.viewer?.member }))
  return serveRoom(t, app)
}
