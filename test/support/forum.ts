import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import pino from 'pino'
import { type App, createApp } from '../../src/app.ts'
import { buildAssets } from '../../src/build.mjs'
import { type Config, readConfig } from '../../src/config.ts'
import { type Logger, serve } from '../../src/platform/http/index.ts'
import { plainError } from '../../src/platform/http/log/logger.ts'
import { answerEvents, runDueJobs } from '../../src/platform/jobs/index.ts'
import type { DatabaseKind, Db, Store } from '../../src/platform/store/index.ts'
import { answers, handlers } from '../../src/work.ts'
import './views.ts'
import { afterwards } from './afterwards.ts'
import { People, type Person, trustForms } from './people.ts'
import { type PostOffice, postOffice, type ReadMail } from './smtp.ts'
import { freshStore, kinds } from './stores.ts'
import { Visitor, type VisitorOptions } from './visitor/visitor.ts'

export type TestForumOptions = {
  /** A store of the test's own; otherwise a fresh one. */
  store?: Store
  kind?: DatabaseKind
  config?: Partial<Config>
  /** Faults that this test is about; any other fails it. */
  expectFaults?: RegExp
  /** As it is before anybody set it up: without an administrator. */
  untouched?: boolean
  /** Mail can be sent: there is a mail server, whose mails `forum.mails()` reads. */
  mail?: boolean
}

export type MemberOptions = VisitorOptions & {
  /** The name of the group they are in. */
  group?: string
}

/** A whole forum that listens, with what it comes with and one administrator. */
export type TestForum = {
  /** Where it listens. */
  readonly url: string
  readonly db: Db
  readonly store: Store
  readonly config: Config
  readonly app: App
  readonly admin: Person
  /** Somebody new with a browser of their own, at an address of their own. */
  asGuest(options?: VisitorOptions): Visitor
  /** Signed in; the first time a name comes up, its member is made. */
  asMember(name?: string, options?: MemberOptions): Promise<Visitor>
  asAdmin(options?: VisitorOptions): Promise<Visitor>
  /** Makes a member, who has not signed in anywhere. */
  member(name?: string, options?: { group?: string }): Promise<Person>
  /** Signs somebody in through the page for it. */
  signIn(visitor: Visitor, person: Person): Promise<void>
  /** Does the background work that is due. */
  runJobs(now?: number): Promise<number>
  /** Does the background work that is due and gives the mails that were sent, to this address or to all, oldest first. */
  mails(to?: string): Promise<ReadMail[]>
  /** The mail server. Throws where the forum has none: ask for it with `mail: true`. */
  readonly office: PostOffice
}

/** Boots the forum on a fresh database. It closes with the test, which fails when the forum logged a fault. */
export async function testForum(t: TestContext, options: TestForumOptions = {}): Promise<TestForum> {
  const store = options.store ?? (await freshStore(t, options.kind, 'furnished'))
  const office = options.mail ? await postOffice(t) : undefined
  const config = await configFor(t, { ...(office && { smtpUrl: office.url }), ...options.config })
  const { logger, faults } = faultLog()
  if (!existsSync('public/build/manifest.json')) await buildAssets()
  const app = await createApp({ config, store, logger })
  const serving = await serve(app.app, { host: '127.0.0.1', port: 0 })
  afterwards(t, async () => {
    await serving.stop(1000)
    await app.close()
    const unexpected = faults.filter(fault => !options.expectFaults?.test(fault))
    if (unexpected.length > 0) throw new Error(`The forum logged faults: ${unexpected.join('\n')}`)
  })
  const url = `http://127.0.0.1:${serving.port}`
  const people = new People(store.db)
  if (!options.untouched) {
    await trustForms(store.db)
    await people.setUp(await app.setupLink(url))
  }
  const forum = { url, store, db: store.db, config, app, ...doings(url, store.db, people) }
  return Object.assign(mailRoom(store.db, office), forum)
}

/** One test for each database, each with a forum of its own. */
export function forumOnBothDatabases(
  name: string,
  act: (forum: TestForum, t: TestContext) => void | Promise<void>,
  options: Omit<TestForumOptions, 'store' | 'kind'> = {},
): void {
  for (const kind of kinds) test(`${name} (${kind})`, async t => act(await testForum(t, { ...options, kind }), t))
}

type Doings = Pick<TestForum, 'admin' | 'asGuest' | 'asMember' | 'asAdmin' | 'member' | 'signIn' | 'runJobs'>

function doings(url: string, db: Db, people: People): Doings {
  const asGuest = (options?: VisitorOptions) => new Visitor(url, { address: people.newAddress(), ...options })
  const asPerson = async (person: Person, options?: VisitorOptions) => {
    const visitor = asGuest(options)
    await signIn(visitor, person)
    return visitor
  }
  return {
    admin: people.admin,
    asGuest,
    asMember: async (name, { group, ...rest } = {}) => asPerson(await people.member(name, group), rest),
    asAdmin: options => asPerson(people.admin, options),
    member: (name, { group } = {}) => people.member(name, group),
    signIn,
    runJobs: now => runWork(db, now),
  }
}

type MailRoom = Pick<TestForum, 'mails' | 'office'>

function mailRoom(db: Db, office: PostOffice | undefined): MailRoom {
  const open = () => {
    if (!office) throw new Error('This forum sends no mail: boot it with `mail: true`')
    return office
  }
  const room = {
    async mails(to?: string) {
      await runWork(db)
      return open().mails.filter(mail => to === undefined || mail.to === to)
    },
  }
  // Not to be read by a test that takes a forum apart.
  return Object.defineProperty(room, 'office', { get: open, enumerable: false }) as MailRoom
}

/** What happened is answered first, and what that leaves to be done is done with the rest. */
async function runWork(db: Db, now?: number): Promise<number> {
  const fail = (error: unknown) => {
    throw error
  }
  await answerEvents(db, answers, fail, now)
  return runDueJobs(db, handlers, now)
}

async function signIn(visitor: Visitor, { name, password }: Person): Promise<void> {
  await visitor.get('/login/')
  const page = await visitor.page.form('main input[type=password]').fill({ login: name, password }).submit()
  if (page.has('input[type=password]')) throw new Error(`${name} was not signed in: ${page.text}`)
}

async function configFor(t: TestContext, changes: Partial<Config> = {}): Promise<Config> {
  const dataDir = await mkdtemp(join(tmpdir(), 'stoa-forum-'))
  t.after(() => rm(dataDir, { recursive: true, force: true }))
  const env = { DATA_DIR: dataDir, SESSION_SECRET: 'only for tests, and long enough for one', BCRYPT_COST: '4' }
  return { ...readConfig(env), ...changes }
}

/** Keeps what the forum calls a fault, to be looked at when the test is over. */
function faultLog(): { logger: Logger; faults: string[] } {
  const faults: string[] = []
  const write = (line: string) => void faults.push(line)
  return { faults, logger: pino({ level: 'error', base: undefined, serializers: { error: plainError } }, { write }) }
}
