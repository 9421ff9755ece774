import { mkdirSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { secretFile, sessionSecret, shortestSecret } from './config/session-secret.ts'
import { isSmtpUrl } from './platform/mail/index.ts'
import type { DatabaseConfig } from './platform/store/index.ts'

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

export type Config = Readonly<{
  port: number
  host: string
  /** The forum's public address without a slash at the end; undefined until somebody says it. */
  baseUrl: string | undefined
  dataDir: string
  database: Readonly<DatabaseConfig>
  sessionSecret: string
  trustProxy: string
  /** Where mail is handed in, with the password that the server asks for; undefined: as the settings say. */
  smtpUrl: string | undefined
  logLevel: LogLevel
  bcryptCost: number
  production: boolean
}>

type Environment = Readonly<Record<string, string | undefined>>

/** The environment says something we cannot work with; the message is one line for whoever started us. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * The environment as typed, frozen settings. Makes the data directory, and the session secret in it when none is given.
 * Throws ConfigError, one line that names the variable and what it must be.
 */
export function readConfig(env: Environment): Config {
  const dataDir = readDataDir(env)
  return Object.freeze({
    port: wholeNumber(env, 'PORT', 3000, 0, 65535),
    host: readHost(env),
    baseUrl: readBaseUrl(env),
    dataDir,
    database: Object.freeze(readDatabase(env, dataDir)),
    trustProxy: readTrustProxy(env),
    smtpUrl: readSmtpUrl(env),
    logLevel: readLogLevel(env),
    bcryptCost: wholeNumber(env, 'BCRYPT_COST', 12, 4, 20),
    production: env.NODE_ENV === 'production',
    sessionSecret: readSecret(env, dataDir),
  })
}

function refuse(name: string, mustBe: string, value?: string): never {
  const found = value === undefined ? '' : `, not ${JSON.stringify(value)}`
  throw new ConfigError(`${name} must be ${mustBe}${found}`)
}

/** Set but empty counts as not set: that is how people switch a line of a .env file off. */
function given(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined
}

function wholeNumber(env: Environment, name: string, fallback: number, least: number, most: number): number {
  const value = given(env, name)
  if (value === undefined) return fallback
  const number = Number(value)
  if (!/^\d{1,9}$/.test(value) || number < least || number > most) {
    refuse(name, `a whole number from ${least} to ${most}`, value)
  }
  return number
}

function readHost(env: Environment): string {
  const host = given(env, 'HOST') ?? '127.0.0.1'
  if (!isIP(host) && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)) {
    refuse('HOST', 'an address or name of this machine, such as 127.0.0.1 or 0.0.0.0', host)
  }
  return host
}

function readBaseUrl(env: Environment): string | undefined {
  const value = given(env, 'BASE_URL')
  if (value === undefined) return undefined
  const url = URL.canParse(value) ? new URL(value) : undefined
  const plain = url && !url.search && !url.hash && !url.username && !url.password && url.pathname === '/'
  if (!plain || !/^https?:$/.test(url.protocol)) {
    refuse('BASE_URL', 'the public address without a path, such as https://forum.example.org', value)
  }
  return url.origin
}

function readDataDir(env: Environment): string {
  const value = given(env, 'DATA_DIR') ?? './data'
  const directory = resolve(value)
  const made = tryTo(() => statSync(mkdirSync(directory, { recursive: true }) ?? directory))
  if (!made?.isDirectory()) refuse('DATA_DIR', 'a directory that we may write to', value)
  return directory
}

function readDatabase(env: Environment, dataDir: string): DatabaseConfig {
  const value = given(env, 'DATABASE_URL')
  if (value === undefined) return { kind: 'sqlite', file: join(dataDir, 'stoa.sqlite') }
  if (/^postgres(ql)?:\/\//i.test(value)) return readPostgres(value)
  if (value === ':memory:') return { kind: 'sqlite', file: value }
  const file = value.replace(/^sqlite:(\/\/)?/i, '')
  if (/^file:\/\//i.test(file) && URL.canParse(file)) return { kind: 'sqlite', file: fileURLToPath(file) }
  if (!file || /^[a-z][a-z0-9+.-]+:/i.test(file)) mistakenDatabase()
  return { kind: 'sqlite', file: file === ':memory:' ? file : resolve(file) }
}

function readPostgres(value: string): DatabaseConfig {
  if (!URL.canParse(value) || new URL(value).pathname.length < 2) mistakenDatabase()
  return { kind: 'postgres', url: value }
}

/** Never shows what was given: a database's address holds a password. */
function mistakenDatabase(): never {
  refuse('DATABASE_URL', 'the path of an SQLite file, or postgres://name:password@host:5432/database')
}

/** Never shows what was given: it holds a password. */
function readSmtpUrl(env: Environment): string | undefined {
  const value = given(env, 'SMTP_URL')
  const right = value === undefined || isSmtpUrl(value)
  if (!right) refuse('SMTP_URL', 'smtp://name:password@host:587, or smtps:// for port 465')
  return value
}

const nets = new Set(['loopback', 'linklocal', 'uniquelocal'])

/** Express's words, which it takes as they are: its named ranges and addresses, divided by commas. */
function readTrustProxy(env: Environment): string {
  const value = given(env, 'TRUST_PROXY') ?? 'loopback'
  const parts = value.split(',').map(part => part.trim())
  if (!parts.every(part => nets.has(part) || isRange(part))) {
    refuse('TRUST_PROXY', 'loopback, or the addresses of your proxies such as 10.0.0.0/8,192.0.2.7', value)
  }
  return parts.join(',')
}

function isRange(part: string): boolean {
  const [address = '', bits, ...rest] = part.split('/')
  const kind = isIP(address)
  if (!kind || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128))
}

const levels: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

function readLogLevel(env: Environment): LogLevel {
  const value = given(env, 'LOG_LEVEL') ?? 'info'
  return levels.find(level => level === value) ?? refuse('LOG_LEVEL', `one of ${levels.join(', ')}`, value)
}

function readSecret(env: Environment, dataDir: string): string {
  const value = given(env, 'SESSION_SECRET')
  if (value === undefined) return keptSecret(dataDir)
  if (value.length < shortestSecret) refuse('SESSION_SECRET', `at least ${shortestSecret} characters, chosen at random`)
  return value
}

function keptSecret(dataDir: string): string {
  const file = secretFile(dataDir)
  const secret = tryTo(() => sessionSecret(file))
  if (secret === undefined) refuse('DATA_DIR', `a directory in which we may read and write ${file}`)
  if (secret.length >= shortestSecret) return secret
  return refuse('SESSION_SECRET', `at least ${shortestSecret} characters; ${file} holds fewer: delete that file`)
}

function tryTo<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
