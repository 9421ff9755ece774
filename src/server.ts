import { setTimeout } from 'node:timers/promises'
import { keepingFor } from './app/prepare.ts'
import { type App, createApp } from './app.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { copyBeforeUpdate } from './features/backups/index.ts'
import { createLogger, type Logger, type Serving, serve } from './platform/http/index.ts'
import type { Worker } from './platform/jobs/index.ts'
import { giveBackWhenIdle } from './platform/memory.ts'
import { CannotOpen, DatabaseIsNewer, migrate, openStore, type Store } from './platform/store/index.ts'
import { startWork } from './work.ts'

/** How long what is under way may take when the forum is asked to stop; closing takes a moment more, 10 s in all. */
const graceMs = 8_000
const closingMs = 900

type Forum = { config: Config; logger: Logger; store: Store; app: App; worker: Worker; serving: Serving }

/** Starts the forum, says where it is, and stops it when the system asks. What a person can put right is one line. */
export async function run(): Promise<void> {
  try {
    const forPeople = process.stdout.isTTY === true
    const forum = await start(readConfig(process.env), forPeople)
    stopWhenAsked(forum)
    await announce(forum, forPeople)
    giveBackWhenIdle({ also: forum.store.giveBack })
  } catch (error) {
    const line = plainReason(error)
    if (line === undefined) throw error
    console.error(line)
    process.exit(1)
  }
}

async function start(config: Config, readable: boolean): Promise<Forum> {
  const logger = createLogger({ level: config.logLevel, readable })
  const onConnectionError = (error: Error) => logger.warn({ error }, 'lost a connection to the database')
  const store = await openStore(config.database, { onConnectionError })
  const keeping = keepingFor(config, (facts, text) => logger.warn(facts, text))
  await copyBeforeUpdate(store, keeping, backup => logger.info({ backup }, 'copied before the update'))
  for (const migration of await migrate(store)) logger.info({ migration }, 'applied')
  const app = await createApp({ config, store, logger })
  const serving = await serve(app.app, config)
  const worker = startWork({ config, store, logger })
  process.on('uncaughtException', error => {
    logger.fatal({ error }, 'fault that nothing caught')
    process.exit(1)
  })
  return { config, logger, store, app, worker, serving }
}

/** The set-up link is a secret that has to reach whoever starts the forum; it is printed and never logged. */
async function announce({ config, logger, app, serving }: Forum, forPeople: boolean): Promise<void> {
  const address = config.baseUrl ?? `http://${nameOf(config.host)}:${serving.port}`
  if (forPeople) console.log(`Stoa is at ${address}`)
  else logger.info({ address }, 'listening')
  const link = await app.setupLink(address)
  if (link) console.log(`Nobody administers it yet. Set it up here, once: ${link}`)
}

function nameOf(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function stopWhenAsked(forum: Forum): void {
  let asked = false
  const stop = (signal: NodeJS.Signals) => {
    if (asked) process.exit(1)
    asked = true
    forum.logger.info({ signal }, 'stopping')
    drain(forum).then(
      () => process.exit(0),
      error => {
        forum.logger.error({ error }, 'stopped badly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** Takes nothing new, finishes what is under way, and then closes what it worked with. */
async function drain({ serving, worker, app, store }: Forum): Promise<void> {
  const tooLate = setTimeout(graceMs, undefined, { ref: false })
  await Promise.all([serving.stop(graceMs), Promise.race([worker.stop(), tooLate])])
  await app.close()
  await Promise.race([store.close(), setTimeout(closingMs, undefined, { ref: false })])
}

function plainReason(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof CannotOpen || error instanceof DatabaseIsNewer)
    return error.message
  if (!(error instanceof Error) || !('syscall' in error) || error.syscall !== 'listen' || !('code' in error)) return
  const at = `${'address' in error ? error.address : ''}:${'port' in error ? error.port : ''}`
  if (error.code === 'EADDRINUSE') return `PORT: something else is listening on ${at} already; set another PORT.`
  return `HOST, PORT: ${at} cannot be listened on (${error.code}); set another HOST or PORT.`
}
