import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Express, Request } from 'express'
import {
  compileViews,
  createLogger,
  errorPages,
  type ForumFace,
  type Logger,
  openAssets,
  readBodies,
  type ShellSlots,
  shellSlots,
  webApp,
} from '../../src/platform/http/index.ts'

export const plainViews = {
  'layouts/main': '<title><%= it.meta.title %></title><main><%- it.bodyHtml %></main>',
  'shared/problem':
    '<h1><%= it.title %></h1><p><%= it.text %></p><p><%= it.hint %></p>' +
    '<% for (const link of it.links) { %><a href="<%= link.href %>"><%= link.text %></a><% } %>' +
    '<% for (const text of it.typed) { %><textarea readonly><%= text.value %></textarea><% } %><%= it.requestId %>',
  'shared/time': '<time datetime="<%= it.times.iso(it.at) %>"></time>',
  hello: 'Hello <%= it.name %>, <%= it.t("http.to_index") %>',
}

export type TinyWeb = {
  app: Express
  logger: Logger
  /** Call after the routes were added. */
  finish(): Express
}

export type TinyWebOptions = {
  views?: Record<string, string>
  baseUrl?: string
  trustProxy?: string
  shell?: Partial<ShellSlots>
  face?: ForumFace
  isGuest?: (req: Request) => boolean
}

/** Files by their paths in a folder that is gone when the test is over. */
export function folderOf(t: TestContext, files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-web-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

export function viewsOf(views: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(views).map(([name, text]) => [`${name}.ejs`, text]))
}

/** A small web of the real parts: no feature, its own views, forms read, errors answered. */
export function tinyWeb(t: TestContext, options: TinyWebOptions = {}): TinyWeb {
  const logger = createLogger({ level: 'silent' })
  const app = webApp({
    config: { baseUrl: options.baseUrl, trustProxy: options.trustProxy ?? 'loopback' },
    views: compileViews(folderOf(t, viewsOf({ ...plainViews, ...options.views })), { debug: true }),
    assets: openAssets(folderOf(t, {})),
    shell: shellSlots({ forum: () => options.face ?? { forumName: 'Porch' }, ...options.shell }),
  })
  app.use(readBodies())
  const finish = () => app.use(errorPages({ logger, isGuest: options.isGuest ?? (() => true) }))
  return { app, logger, finish }
}
