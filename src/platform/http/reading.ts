import type { IncomingMessage } from 'node:http'
import type { Express as App } from 'express'
import { localeFor, type T, translator } from '../locale/index.ts'
import { Remembered } from '../remembered.ts'
import { cookieOf } from './cookies.ts'

export type Theme = 'system' | 'light' | 'dark'

/** How someone reads: their language, their theme, their time zone. */
export type Reading = { locale: string; theme: Theme; timeZone: string }

declare global {
  namespace Express {
    interface Request {
      /** Under this the request is logged; error pages show it. */
      id: string
      /** Phrases in the language of whoever asks. */
      readonly t: T
    }
  }
}

const readings = new WeakMap<IncomingMessage, Reading>()

/** How the one who asks reads, once it is known who that is; until then a guest's cookies say. */
export function setReading(req: IncomingMessage, reading: Reading): void {
  readings.set(req, reading)
}

/** How the one who asks reads. */
export function readingOf(req: IncomingMessage): Reading {
  return readings.get(req) ?? guestReading(req)
}

/** Whether it is known who asks. */
export function isKnownReader(req: IncomingMessage): boolean {
  return readings.has(req)
}

/** How a guest reads, by cookies and headers alone; the cache of guests' pages keeps one page for each of these. */
export function guestReading(req: IncomingMessage): Reading {
  return {
    locale: localeOf(cookieOf(req, 'stoa_locale'), req.headers['accept-language']),
    theme: toTheme(cookieOf(req, 'stoa_theme')),
    timeZone: 'UTC',
  }
}

function localeOf(cookie: string | undefined, acceptLanguage: string | undefined): string {
  return cookie === undefined ? byLanguage.of(acceptLanguage ?? '') : localeFor(cookie, acceptLanguage)
}

const byLanguage = new Remembered(acceptLanguage => localeFor(undefined, acceptLanguage))

/** The theme of that name; the system's for any other. */
export function toTheme(value: string | null | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system'
}

/** Gives every request of the application its `t`. */
export function speak(app: App): void {
  Object.defineProperty(app.request, 't', {
    configurable: true,
    get(this: IncomingMessage): T {
      return translator(readingOf(this).locale)
    },
  })
}
