import { parseArgs } from 'node:util'
import { notCopied } from '../features/backups/index.ts'
import { makeBackup } from '../platform/backup/index.ts'
import { type Command, UsageError } from './command.ts'
import { holdingsOf } from './holdings.ts'
import { tenths } from './progress.ts'

/** `backup FILE [--force]` */
export const backupCommand: Command = {
  name: 'backup',
  usage: 'FILE [--force]',
  about: 'copy the database and the uploads into one file, while the forum runs',
  database: 'untouched',
  async run(context) {
    const { args, print } = context
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { force: { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw new UsageError('backup needs the name of one file to write')
    const { rows, tables, files, faults } = await makeBackup(holdingsOf(context), {
      file,
      overwrite: values.force,
      without: notCopied,
      onProgress: tenths(print, 'rows'),
    })
    print(
      `${rows} rows of ${tables} tables and ${files} files are in ${file}. Keep it safe: it holds everybody's addresses and sessions.`,
    )
    for (const fault of faults) print(`It cannot be restored before this is repaired: ${fault}`)
    return faults.length === 0 ? 0 : 1
  },
}
