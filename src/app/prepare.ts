import { join } from 'node:path'
import type { Config } from '../config.ts'
import { keepUploadsIn } from '../features/attachments/index.ts'
import { keepMailIn } from '../features/mail/index.ts'
import { keepExportsIn } from '../features/privacy/index.ts'
import { overruleSettings } from '../features/settings/index.ts'
import type { Store } from '../platform/store/index.ts'

type Given = Pick<Config, 'baseUrl' | 'smtpUrl' | 'dataDir'>

/** What the environment says, in place of the administrator's pages and of where files lie, for the web and for work. */
export function prepare({ db }: Store, { baseUrl, smtpUrl, dataDir }: Given): void {
  overruleSettings(db, { ...(baseUrl && { base_url: baseUrl }), ...(smtpUrl && { smtp_url: smtpUrl }) })
  keepUploadsIn(db, join(dataDir, 'files'))
  keepMailIn(db, join(dataDir, 'mail'))
  keepExportsIn(db, join(dataDir, 'exports'))
}
