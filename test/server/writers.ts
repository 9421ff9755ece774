import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { register } from '../../src/features/accounts/index.ts'
import { installDefaults } from '../../src/features/posts/index.ts'
import { writeSettings } from '../../src/features/settings/index.ts'
import { createHasher } from '../../src/platform/passwords/index.ts'
import { inTransaction, migrate, openStore } from '../../src/platform/store/index.ts'
import { type Answer, ask } from '../bench/ask.ts'
import type { Place } from '../commands/stoa.ts'
import { trustForms } from '../support/people.ts'

const password = 'seven walruses in the attic'
const names = ['Bea', 'Carl', 'Dora']

/** A forum before its first start, with members who may write as much as they like. */
export async function furnish({ database }: Place): Promise<void> {
  const store = await openStore(database)
  try {
    const { db } = store
    await migrate(store)
    await installDefaults(db)
    await trustForms(db)
    const much = { posts_per_hour: 10_000, claims_per_address: 1000, registrations_per_address: 1000 }
    await inTransaction(db, tx => writeSettings(tx, much))
    const accounts = { db, hasher: createHasher({ cost: 4 }) }
    for (const name of names) await register(accounts, personOf(name), { address: '198.18.0.1' })
  } finally {
    await store.close()
  }
}

function personOf(name: string) {
  return { name, email: `${name.toLowerCase()}@example.org`, password }
}

/** What the forum said that it has taken. */
export type Taken = {
  readonly replies: string[]
  readonly names: string[]
  /** Guests' texts, by the address of their page. */
  readonly claims: Map<string, string>
}

/** Sends a form as a browser does that stands on one of our pages. */
export function send(
  url: string,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
  agent?: Agent,
): Promise<Answer> {
  const own = { origin: url, 'sec-fetch-site': 'same-origin', accept: 'text/html' }
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const body = new URLSearchParams(fields).toString()
  return ask(url + path, { method: 'POST', headers: { ...own, ...type, ...headers }, body, ...(agent && { agent }) })
}

/** The cookies with which a member is signed in. */
export async function signIn(url: string, name = 'Bea', fields: Record<string, string> = {}): Promise<string> {
  const answer = await send(url, '/login/', { login: name, password, ...fields })
  if (answer.status !== 303) throw new Error(`${name} was not signed in: ${answer.status} ${answer.body}`)
  return (answer.headers['set-cookie'] ?? []).map(cookie => cookie.split(';', 1)[0]).join('; ')
}

/** Several people who reply, register and leave texts as guests all at once, until nobody answers any more. */
export class Writers {
  readonly taken: Taken = { replies: [], names: [], claims: new Map() }
  readonly #agent = new Agent({ keepAlive: true })
  readonly #cookies: readonly string[]
  #told: (() => void)[] = []
  #over = false
  #mayTire = false

  private constructor(cookies: readonly string[]) {
    this.#cookies = cookies
  }

  static async signIn(url: string): Promise<Writers> {
    return new Writers(await Promise.all(names.map(name => signIn(url, name))))
  }

  /** How many of each it has taken. */
  get count(): number {
    const { replies, names, claims } = this.taken
    return Math.min(replies.length, names.length * 2, claims.size)
  }

  /** Writes until the forum is gone, or asks to be left alone for a moment if it may. Throws when it refuses something. */
  async write(url: string, { mayTire = false } = {}): Promise<void> {
    this.#over = false
    this.#mayTire = mayTire
    const people = [
      ...this.#cookies.map(cookie => () => this.#reply(url, cookie)),
      () => this.#register(url),
      () => this.#claim(url),
      () => this.#claim(url),
    ]
    await Promise.all(people.map(act => this.#again(act)))
  }

  /** Resolves when so many more of each were taken. */
  async wrote(more: number): Promise<void> {
    const wanted = this.count + more
    while (this.count < wanted && !this.#over) await new Promise<void>(resolve => this.#told.push(resolve))
  }

  close(): void {
    this.#agent.destroy()
  }

  async #again(act: () => Promise<void>): Promise<void> {
    try {
      for (;;) {
        await act()
        this.#tell()
      }
    } catch (error) {
      if (!isGone(error) && !(this.#mayTire && error instanceof NotTaken && error.status === 503)) throw error
    } finally {
      this.#over = true
      this.#tell()
    }
  }

  #tell(): void {
    for (const told of this.#told.splice(0)) told()
  }

  async #reply(url: string, cookie: string): Promise<void> {
    const body = `A reply, number ${randomUUID()}`
    const fields = { body, format: 'markdown', submission: randomUUID() }
    const answer = await send(url, '/topic/1/reply', fields, { cookie }, this.#agent)
    demandRedirect(answer)
    this.taken.replies.push(body)
  }

  async #register(url: string): Promise<void> {
    const name = `N${randomUUID().slice(0, 18)}`
    const fields = { ...personOf(name), terms: '1' }
    demandRedirect(await send(url, '/register/', fields, from(), this.#agent))
    this.taken.names.push(name)
  }

  async #claim(url: string): Promise<void> {
    const body = `A guest's text, number ${randomUUID()}`
    const fields = { body, format: 'markdown' }
    const answer = await send(url, '/topic/1/reply', fields, from(), this.#agent)
    this.taken.claims.set(demandRedirect(answer), body)
  }
}

/** Everybody comes from an address of their own. */
function from(): Record<string, string> {
  const byte = () => Math.floor(Math.random() * 256)
  return { 'x-forwarded-for': `10.${byte()}.${byte()}.${byte()}` }
}

function demandRedirect({ status, headers, body }: Answer): string {
  if (status !== 303 || !headers.location) throw new NotTaken(status, String(body))
  return headers.location
}

class NotTaken extends Error {
  readonly status: number

  constructor(status: number, body: string) {
    super(`It was not taken: ${status} ${body}`)
    this.status = status
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(ECONNRESET|ECONNREFUSED|EPIPE)$/.test(String(error.code))
}
