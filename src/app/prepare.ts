import { join } from 'node:path'
import { secretFile } from '../config/session-secret.ts'
import type { Config } from '../config.ts'
import { keepUploadsIn } from '../features/attachments/index.ts'
import { type Keeping, keepBackupsIn } from '../features/backups/index.ts'
import { keepMailIn } from '../features/mail/index.ts'
import { keepExportsIn } from '../features/privacy/index.ts'
import { overruleSettings } from '../features/settings/index.ts'
import type { Store } from '../platform/store/index.ts'

type Given = Pick<Config, 'baseUrl' | 'smtpUrl' | 'dataDir' | 'database'>

/** Where a forum of this environment lies, and who is told when it cannot be copied. */
export function keepingFor({ dataDir, database }: Given, warn: Keeping['warn']): Keeping {
  return { database, dataDir, secretFile: secretFile(dataDir), warn }
}

/** What the environment says, in place of the administrator's pages and of where files lie, for the web and for work. */
export function prepare({ db }: Store, given: Given, warn: Keeping['warn']): void {
  const { baseUrl, smtpUrl, dataDir } = given
  overruleSettings(db, { ...(baseUrl && { base_url: baseUrl }), ...(smtpUrl && { smtp_url: smtpUrl }) })
  keepUploadsIn(db, join(dataDir, 'files'))
  keepMailIn(db, join(dataDir, 'mail'))
  keepExportsIn(db, join(dataDir, 'exports'))
  keepBackupsIn(db, keepingFor(given, warn))
}
