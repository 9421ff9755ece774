import type { TestContext } from 'node:test'
import type { Express } from 'express'
import { type Accounts, accountsRouter, carriedText, memberSessions } from '../../../src/features/accounts/index.ts'
import { membersRouter } from '../../../src/features/members/index.ts'
import { type Place, placeFrom } from '../../../src/features/posts/index.ts'
import { settings } from '../../../src/features/settings/index.ts'
import { noticeRoutes, readBodies, sameOrigin, sessions } from '../../../src/platform/http/index.ts'
import type { Db } from '../../../src/platform/store/index.ts'
import { type Page, Visitor, type VisitorOptions } from '../../support/index.ts'
import { trustForms } from '../../support/people.ts'
import { openRoom, roomConfig, roomWeb } from '../../support/rooms.ts'
import { accountsOf, goodPassword } from './accounts.ts'

export interface SmallForum extends Accounts {
  /** Somebody with a new browser. */
  visit(options?: VisitorOptions): Visitor
  /** What the set-up asked for besides an administrator. */
  readonly asked: string[]
}

export interface SmallForumOptions {
  /** The proxies that are believed; nobody unless told. */
  trustProxy?: string
}

/** The pages of accounts and members as the forum serves them, and of everything else as much as they need. */
export async function smallForum(t: TestContext, db: Db, options: SmallForumOptions = {}): Promise<SmallForum> {
  const accounts = accountsOf(db)
  await trustForms(db)
  const asked: string[] = []
  const app = roomWeb(
    t,
    {
      forum: async () => ({ forumName: (await settings(db)).forum_name }),
    },
    { ...roomConfig, ...options },
  )
  app.use(
    sessions({ db, config: roomConfig }),
    readBodies(),
    sameOrigin(roomConfig),
    memberSessions({ db }),
    noticeRoutes(),
  )
  app.use(
    accountsRouter({
      ...accounts,
      adoptWelcome: async (_tx, id) => void asked.push(`welcome for ${id}`),
      addSampleContent: async () => void asked.push('sample'),
    }),
  )
  app.use(membersRouter({ db }))
  writingPages(app)
  const url = await openRoom(t, app)
  return { ...accounts, asked, visit: options => new Visitor(url, options) }
}

/** How Nora signs in. */
export const nora = { login: 'Nora Fields', password: goodPassword }

/** What the stand-in for other pages says: who is here, and what was carried. */
export interface Said {
  readonly at: string
  readonly member: string | null
  readonly address: string
  readonly carried: { readonly title: string | null; readonly body: string; readonly format: string } | null
}

export function said(page: Page): Said {
  return JSON.parse(page.html)
}

/** As whom the forum knows this browser; null: a guest. */
export async function whoIs(visitor: Visitor): Promise<string | null> {
  return said(await visitor.get('/elsewhere')).member
}

/** Stands in for the pages that texts are carried to: shows who is here and what was carried. */
function writingPages(app: Express): void {
  app.get(['/', '/elsewhere', '/topic/:id', '/forum/:id/new-topic'], (req, res) => {
    const [, kind = '', id = ''] = /^\/(topic|forum)\/(\d+)/.exec(req.path) ?? []
    const place: Place | null = placeFrom(`${kind}:${id}`)
    const carried = place && carriedText(req, place)
    res.json({ at: req.originalUrl, member: req.viewer.member?.name ?? null, address: req.viewer.address, carried })
  })
  app.post('/topic/:id/reply', (_req, res) => res.redirect(303, '/'))
}
