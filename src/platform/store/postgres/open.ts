import pg from 'pg'
import { processName } from '../dialect.ts'
import { hurryMs } from '../hurry.ts'

export type PostgresOptions = {
  /** Connections of this process at most. */
  poolSize?: number
  /** How long somebody waits for a connection before they are told that the database is unavailable. */
  patienceMs?: number
  /** A connection has broken; a new one is made when it is needed. */
  onConnectionError?: (error: Error) => void
}

const { INT8, NUMERIC, BOOL } = pg.types.builtins

/** Numbers are numbers and truth is 0 or 1, as on SQLite; our times and counts stay far below 2^53. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === INT8 || oid === NUMERIC) return Number
    if (oid === BOOL) return (value: string) => (value === 't' ? 1 : 0)
    return pg.types.getTypeParser(oid, format)
  },
}

export function openPool(url: string, options: PostgresOptions): pg.Pool {
  const { poolSize = 10, patienceMs = hurryMs, onConnectionError = () => {} } = options
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: patienceMs,
    idleTimeoutMillis: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: processName,
    types,
  })
  pool.on('error', onConnectionError)
  // One that is lent out has nobody else to tell when its connection breaks, and would end the process.
  pool.on('connect', client => client.on('error', onConnectionError))
  return pool
}
