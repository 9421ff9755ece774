import { parseArgs } from 'node:util'
import { restoreBackup } from '../platform/backup/index.ts'
import { type Command, UsageError } from './command.ts'
import { holdingsOf } from './holdings.ts'
import { tenths } from './progress.ts'

/** `restore FILE` */
export const restoreCommand: Command = {
  name: 'restore',
  usage: 'FILE',
  about: 'bring a backup back into an empty database, SQLite or PostgreSQL, and prove that nothing was lost',
  database: 'untouched',
  async run(context) {
    const { args, print } = context
    const { positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true })
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw new UsageError('restore needs the name of one file to read')
    const restored = await restoreBackup(holdingsOf(context), { file, onProgress: tenths(print, 'rows looked at') })
    for (const migration of restored.migrations) print(`Applied ${migration}`)
    const { rows, tables, files, madeAt } = restored
    print(
      `The forum is as it was at ${new Date(madeAt).toISOString()}: ${rows} rows of ${tables} tables, ${files} files.`,
    )
    print('Every row was read back and is the same.')
    return 0
  },
}
