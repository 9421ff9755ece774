import type { IncomingMessage, ServerResponse } from 'node:http'
import express, { type Express } from 'express'
import type { Views } from '../views.ts'
import type { Assets } from './assets/assets.ts'
import { securityHeaders } from './guard/security-headers.ts'
import { originReader } from './origin.ts'
import { speak } from './reading.ts'
import type { ShellSlots } from './views/shell.ts'

/** What pages are made of. */
export type Furniture = {
  config: WebConfig
  views: Views
  assets: Assets
  shell: ShellSlots
}

/** The part of the process's settings that the web needs. */
export type WebConfig = Readonly<{
  baseUrl: string | undefined
  trustProxy: string
  frames?: readonly string[] | undefined
}>

/** Furniture, and what follows from it. */
export type Web = Furniture & {
  /** Where visitors reach this forum, such as https://forum.example.org */
  origin(req: IncomingMessage): string
  /** Whether cookies may travel over https only. */
  secure: boolean
}

/** Answers, or leaves it to the next one. Knows nothing of Express. */
export type Handler = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void

/** A whole web: what an HTTP server calls for each request. */
export type Listener = (req: IncomingMessage, res: ServerResponse) => void

const webs = new WeakMap<object, Web>()
const earlyErrors = new WeakMap<IncomingMessage, unknown>()

/** An Express application that can render our pages and sends our security headers with every answer; routes follow. */
export function webApp(furniture: Furniture): Express {
  const app = express()
  const { config } = furniture
  app.set('trust proxy', config.trustProxy)
  app.set('query parser', 'simple')
  app.disable('x-powered-by')
  speak(app)
  webs.set(app, {
    ...furniture,
    origin: originReader(app.get('trust proxy fn'), config.baseUrl),
    secure: config.baseUrl?.startsWith('https://') ?? false,
  })
  app.use(securityHeaders(config))
  app.use((req, _res, next) => next(earlyErrors.get(req)))
  return app
}

/** What webApp furnished the application of this response with. */
export function webOf({ app }: { app: object }): Web {
  const web = webs.get(app)
  if (!web) throw new Error('Pages are rendered by an application that webApp made')
  return web
}

/** Handlers that answer before Express does any work of its own, in order, then the application. */
export function inFront(app: Express, handlers: Handler[]): Listener {
  return (req, res) => {
    const goOn = (index: number): void => {
      const handler = handlers[index]
      if (!handler) app(req, res)
      else
        handler(req, res, error => {
          if (error !== undefined) earlyErrors.set(req, error)
          goOn(error === undefined ? index + 1 : handlers.length)
        })
    }
    goOn(0)
  }
}
