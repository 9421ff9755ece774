import { randomBytes } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mailOptions } from './options.ts'
import type { MailTransport } from './transport.ts'

/**
 * Writes each mail to a file of its own that mail programs open: `2030-01-31T120000-4f1c9a….eml`. Only whoever runs the
 * forum may read them, because of the links in them. The answer is the file's name. The folder is made when it is needed.
 */
export function fileTransport(folder: string): MailTransport {
  return {
    async send(message) {
      const { createTransport } = await import('nodemailer')
      const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
      const { message: bytes } = await composer.sendMail(mailOptions(message))
      const name = `${stampOf(new Date())}-${randomBytes(8).toString('hex')}.eml`
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(join(folder, `.${name}`), bytes, { mode: 0o600, flag: 'wx' })
      await rename(join(folder, `.${name}`), join(folder, name))
      return name
    },
    close: () => undefined,
  }
}

function stampOf(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(':', '')
}
