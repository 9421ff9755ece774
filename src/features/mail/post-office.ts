import { fileTransport, type MailTransport, smtpTransport } from '../../platform/mail/index.ts'
import { type Db, identityOf } from '../../platform/store/index.ts'
import { canSendMail, type Settings } from '../settings/index.ts'

const folders = new WeakMap<object, string>()
const servers = new WeakMap<object, { url: string; transport: MailTransport }>()

/** Where mail of this forum is written to while it cannot be sent; said once in each process. */
export function keepMailIn(db: Db, folder: string): void {
  folders.set(identityOf(db), folder)
}

/** What takes this forum's mail under these settings: its server, else the folder. */
export function postOfficeOf(db: Db, rules: Settings): MailTransport {
  return canSendMail(rules) ? serverOf(db, rules.smtp_url) : folderOf(db)
}

/** The mail server at this address; its connections are kept until another one takes its place. */
export function serverOf(db: Db, url: string): MailTransport {
  const known = servers.get(identityOf(db))
  if (known?.url === url) return known.transport
  known?.transport.close()
  const transport = smtpTransport(url)
  servers.set(identityOf(db), { url, transport })
  return transport
}

/** The folder that mail is written to. */
export function folderOf(db: Db): MailTransport {
  const folder = folders.get(identityOf(db))
  if (folder === undefined) throw new Error('Nobody said where mail is kept that cannot be sent')
  return fileTransport(folder)
}
