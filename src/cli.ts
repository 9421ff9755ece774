import { type Command, UsageError } from './commands/command.ts'
import { createAdminCommand } from './commands/create-admin.ts'
import { recountCommand } from './commands/recount.ts'
import { seedCommand } from './commands/seed.ts'
import { ConfigError, readConfig } from './config.ts'
import { installDefaults } from './features/posts/index.ts'
import { CannotOpen, DatabaseIsNewer, migrate, openStore } from './platform/store/index.ts'

const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  about: 'bring the database up to date (starting the forum does that too)',
  async run({ print }) {
    print('The database is up to date.')
    return 0
  },
}

const commands = [createAdminCommand, migrateCommand, recountCommand, seedCommand]

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
    if (!isPlain(error)) throw error
    print(error.message)
    return 2
  }
}

async function withStore(command: Command, args: readonly string[], print: (line: string) => void): Promise<number> {
  const config = readConfig(process.env)
  const store = await openStore(config.database)
  try {
    for (const migration of await migrate(store)) print(`Applied ${migration}`)
    await installDefaults(store.db)
    return await command.run({ config, store, args, print })
  } finally {
    await store.close()
  }
}

/** Faults that one line explains: the command, the environment, the database. */
function isPlain(error: unknown): error is Error {
  if (error instanceof UsageError || error instanceof ConfigError) return true
  if (error instanceof CannotOpen || error instanceof DatabaseIsNewer) return true
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
