import { join } from 'node:path'
import { secretFile } from '../config/session-secret.ts'
import type { Holdings } from '../platform/backup/index.ts'
import { openFiles } from '../platform/files/index.ts'
import type { CommandContext } from './command.ts'

/** What a copy of the forum holds beside its database: mails and downloads that lie in DATA_DIR are not the forum. */
export function holdingsOf({ config, store }: CommandContext): Holdings {
  return { store, files: openFiles(join(config.dataDir, 'files')), secretFile: secretFile(config.dataDir) }
}
