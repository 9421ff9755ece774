import type { Config } from '../config.ts'
import { overruleSettings } from '../features/settings/index.ts'
import type { Store } from '../platform/store/index.ts'

/** What the environment says in place of the administrator's pages, for the web and for background work. */
export function prepare({ db }: Store, { baseUrl, smtpUrl }: Pick<Config, 'baseUrl' | 'smtpUrl'>): void {
  overruleSettings(db, { ...(baseUrl && { base_url: baseUrl }), ...(smtpUrl && { smtp_url: smtpUrl }) })
}
