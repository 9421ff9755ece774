import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { createAdmin } from '../features/accounts/index.ts'
import { Invalid } from '../platform/errors.ts'
import { translator } from '../platform/locale/index.ts'
import { createHasher } from '../platform/passwords/index.ts'
import { type Command, UsageError } from './command.ts'

/** `create-admin --name NAME --email ADDRESS`, with the password from the standard input. */
export const createAdminCommand: Command = {
  name: 'create-admin',
  usage: '--name NAME --email ADDRESS (asks for the password, or reads it from standard input)',
  about: 'make an administrator',
  async run({ config, store, args, print }) {
    const { values } = parseArgs({ args: [...args], options: { name: { type: 'string' }, email: { type: 'string' } } })
    const { name, email } = values
    if (!name || !email) throw new UsageError('create-admin needs --name and --email')
    const password = await readPassword()
    const hasher = createHasher({ cost: config.bcryptCost })
    try {
      await createAdmin({ db: store.db, hasher }, { name, email, password })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      const t = translator('en')
      for (const fault of Object.values(error.errors)) print(t(fault.key, fault.args))
      return 1
    }
    print(`${name} is an administrator.`)
    return 0
  },
}

/** Not an option of the command: those stand in the shell's history and in the list of processes. */
async function readPassword(): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdin.isTTY ? process.stderr : undefined })
  try {
    if (process.stdin.isTTY) return await lines.question('Password: ')
    for await (const line of lines) return line
    throw new UsageError('create-admin reads the password from standard input, and there was none')
  } finally {
    lines.close()
  }
}
