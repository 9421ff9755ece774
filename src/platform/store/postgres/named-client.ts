import type { PostgresPoolClient } from 'kysely'
import type { PoolClient } from 'pg'
import { currentHurry, type Hurry, hurryMs } from '../hurry.ts'
import { explainTrouble, isStalePlan } from '../trouble.ts'

/** Of a connection on which somebody waits: the server itself ends what takes too long, and a lock is not waited for to the last. */
const hurried = [
  `set statement_timeout = ${hurryMs}`,
  `set lock_timeout = ${hurryMs - 1000}`,
  'set idle_in_transaction_session_timeout = 10000',
].join('; ')
/** As it was when the connection was made. */
const unhurried = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
  .map(name => `reset ${name}`)
  .join('; ')

/** A client of the pool whose questions have a name, and which is given up when it does not answer in time. */
export class NamedClient {
  readonly #client: PoolClient
  readonly #names: StatementNames
  #isHurried = false
  /** It owes an answer that nobody waits for any more. */
  #isLost = false

  constructor(client: PoolClient, names: StatementNames) {
    this.#client = client
    this.#names = names
  }

  /** Has the server hurry if somebody waits, and take its time otherwise. */
  async setPace(hurry: Hurry | undefined): Promise<void> {
    const isHurried = hurry !== undefined
    if (isHurried === this.#isHurried) return
    await this.#ask({ text: isHurried ? hurried : unhurried }, hurry)
    this.#isHurried = isHurried
  }

  async query(text: string, values: readonly unknown[]): Promise<unknown> {
    try {
      return await this.#ask({ text, values: [...values], name: this.#names.of(text) }, currentHurry())
    } catch (error) {
      if (isStalePlan(error)) this.#names.forget(text)
      throw explainTrouble(error)
    }
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy || this.#isLost)
  }

  async #ask(question: { text: string; values?: unknown[]; name?: string | undefined }, hurry: Hurry | undefined) {
    if (this.#isLost) throw Object.assign(new Error('The database has not answered before'), { code: 'ETIMEDOUT' })
    const ask = () => this.#client.query(question)
    return hurry ? hurry.wait(ask, asked => this.#giveUp(asked)) : ask()
  }

  #giveUp(asked: Promise<unknown>): void {
    this.#isLost = true
    asked.catch(() => undefined)
  }
}

/** As Kysely wants to have it. */
export function forKysely(client: NamedClient): PostgresPoolClient {
  return client as unknown as PostgresPoolClient
}

const namedStatements = 300

/** The server keeps what has a name for as long as a connection lives, so only so many get one. */
export class StatementNames {
  readonly #names = new Map<string, string>()
  #given = 0

  of(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known || this.#given >= namedStatements || !/^\s*(select|insert|update|delete|with)\b/i.test(text)) return known
    const name = `stoa_${++this.#given}`
    this.#names.set(text, name)
    return name
  }

  forget(text: string): void {
    this.#names.delete(text)
  }
}
