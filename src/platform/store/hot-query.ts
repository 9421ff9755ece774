import { type Compilable, type CompiledQuery, type DialectAdapter, type RawBuilder, sql } from 'kysely'
import { GuardedSqliteAdapter } from './sqlite/dialect.ts'
import type { Db } from './transaction.ts'

/** What is filled in at each call, by name: `given.topicId` stands in the query where a value would. */
export type Given<Args> = { readonly [K in keyof Args]: RawBuilder<Args[K]> }

/** Runs the query; works with a store and with the `tx` of a transaction, on both databases. */
export type HotQuery<Args, Row> = {
  (db: Db, args: Args): Promise<Row[]>
  /** Its first row. */
  first(db: Db, args: Args): Promise<Row | undefined>
}

/** A place in the compiled query's parameters. */
class Blank {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/**
 * A read that runs on nearly every page, or a write of every post: built and compiled once for each store, then only
 * filled in. What it looks like must not depend on anything but `given`, so there are no lists in it and no conditions
 * that come and go. Its rows are those that it selects or returns.
 *
 * ```ts
 * const postsOfTopic = hotQuery((db, given: Given<{ topicId: number }>) =>
 *   db.selectFrom('posts').selectAll().where('topic_id', '=', given.topicId))
 * const posts = await postsOfTopic(db, { topicId: 7 })
 * ```
 */
export function hotQuery<Args extends object, Row>(
  build: (db: Db, given: Given<Args>) => Compilable<Row>,
): HotQuery<Args, Row> {
  const compiled = new WeakMap<DialectAdapter, CompiledQuery<Row>>()
  const compiledFor = (db: Db): CompiledQuery<Row> => {
    const { adapter } = db.getExecutor()
    const query = compiled.get(adapter) ?? build(db, blanks<Args>()).compile()
    compiled.set(adapter, query)
    return query
  }
  const run = async (db: Db, args: Args): Promise<Row[]> => {
    const query = compiledFor(db)
    const parameters = fillIn(query, args)
    return askAtOnce(db, query, parameters) ?? (await db.executeQuery<Row>({ ...query, parameters })).rows
  }
  return Object.assign(run, { first: async (db: Db, args: Args) => (await run(db, args))[0] })
}

/** Hot queries that look different in a few ways: one for each shape, made when it is first asked for. */
export function hotQueries<Shape extends object, Args extends object, Row>(
  build: (db: Db, given: Given<Args>, shape: Shape) => Compilable<Row>,
): (shape: Shape) => HotQuery<Args, Row> {
  const known = new Map<string, HotQuery<Args, Row>>()
  return shape => {
    const name = JSON.stringify(shape)
    const query = known.get(name) ?? hotQuery<Args, Row>((db, given) => build(db, given, shape))
    known.set(name, query)
    return query
  }
}

function blanks<Args extends object>(): Given<Args> {
  const given = new Proxy({}, { get: (_, name) => sql`${new Blank(String(name))}` })
  return given as Given<Args>
}

/**
 * Most of what a small query costs on SQLite is the way to its one connection. A transaction has it already, and what
 * reads outside of one need not wait in line for it.
 */
function askAtOnce<Row>(
  db: Db,
  { sql: text, query }: CompiledQuery<Row>,
  parameters: readonly unknown[],
): Row[] | null {
  const { adapter } = db.getExecutor()
  if (!(adapter instanceof GuardedSqliteAdapter)) return null
  if (db.isTransaction) return adapter.askInside<Row>(text, parameters)
  return query.kind === 'SelectQueryNode' ? adapter.readAtOnce<Row>(text, parameters) : null
}

function fillIn({ parameters }: CompiledQuery, args: object): readonly unknown[] {
  return parameters.map(value => (value instanceof Blank ? valueFor(args, value) : value))
}

function valueFor(args: object, { name }: Blank): unknown {
  const value: unknown = Reflect.get(args, name)
  if (value === undefined) throw new Error(`The query needs a value for ${name}`)
  return value
}
