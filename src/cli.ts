import { keepingFor } from './app/prepare.ts'
import { backupCommand } from './commands/backup.ts'
import { type Command, UsageError } from './commands/command.ts'
import { createAdminCommand } from './commands/create-admin.ts'
import { recountCommand } from './commands/recount.ts'
import { renderCommand } from './commands/render.ts'
import { restoreCommand } from './commands/restore.ts'
import { seedCommand } from './commands/seed.ts'
import { verifyCommand } from './commands/verify.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { copyBeforeUpdate } from './features/backups/index.ts'
import { installDefaults } from './features/posts/index.ts'
import { BackupFault } from './platform/backup/index.ts'
import { Unavailable } from './platform/errors.ts'
import { CannotOpen, DatabaseIsNewer, migrate, openStore, type Store } from './platform/store/index.ts'

const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  about: 'bring the database up to date (starting the forum does that too)',
  async run({ print }) {
    print('The database is up to date.')
    return 0
  },
}

const commands = [
  createAdminCommand,
  migrateCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
  recountCommand,
  renderCommand,
  seedCommand,
]

function help(): string {
  const lines = commands.map(({ name, usage, about }) => `  ${name} ${usage}`.trimEnd().concat(`\n      ${about}`))
  return ['npm run stoa -- COMMAND', '', ...lines, '  help\n      this list'].join('\n')
}

/** Runs a one-off command; gives the exit code. Whatever is wrong is said in one line. */
export async function runCommand(args: readonly string[], print: (line: string) => void): Promise<number> {
  const [name = 'help', ...rest] = args
  const command = commands.find(one => one.name === name)
  if (!command) {
    print(help())
    return name === 'help' || name === '--help' ? 0 : 2
  }
  try {
    return await withStore(command, rest, print)
  } catch (error) {
    const line = plainReason(error)
    if (line === undefined) throw error
    print(line)
    return 2
  }
}

async function withStore(command: Command, args: readonly string[], print: (line: string) => void): Promise<number> {
  const config = readConfig(process.env)
  const store = await openStore(config.database)
  try {
    if (command.database !== 'untouched') await prepare(store, config, print)
    return await command.run({ config, store, args, print })
  } finally {
    await store.close()
  }
}

async function prepare(store: Store, config: Config, print: (line: string) => void): Promise<void> {
  const keeping = keepingFor(config, ({ error }, text) => print(`${text}${error ? `: ${reasonOf(error)}` : ''}`))
  await copyBeforeUpdate(store, keeping, file => print(`Copied before the update: ${file}`))
  for (const migration of await migrate(store)) print(`Applied ${migration}`)
  await installDefaults(store.db)
}

/** Faults that one line explains: the command, the environment, the database, a backup. */
function plainReason(error: unknown): string | undefined {
  if (error instanceof Unavailable) return `The database is busy or gone: ${reasonOf(error.cause)}`
  if (plainFaults.some(fault => error instanceof fault)) return reasonOf(error)
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  return isUsage ? error.message : undefined
}

const plainFaults = [UsageError, ConfigError, CannotOpen, DatabaseIsNewer, BackupFault]

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
