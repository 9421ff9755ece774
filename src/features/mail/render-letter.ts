import { join } from 'node:path'
import { directionOf } from '../../platform/locale/index.ts'
import { compileViews, type Views } from '../../platform/views.ts'
import type { Block } from './letter.ts'

/** What both parts of a mail are made of. */
export interface Sheet {
  readonly locale: string
  readonly subject: string
  readonly blocks: readonly Block[]
  readonly forumName: string
  readonly forumLink: string
  readonly unsubscribe?: { readonly text: string; readonly href: string }
}

const folder = join(import.meta.dirname, '../../../views')
let compiled: { html: Views; text: Views } | undefined

/** The two parts of a mail that say the same. */
export function renderSheet(sheet: Sheet): { html: string; text: string } {
  compiled ??= {
    html: compileViews(folder, { only: 'mail' }),
    text: compileViews(folder, { only: 'mail', escape: String }),
  }
  const data = { ...sheet, dir: directionOf(sheet.locale) }
  const { html, text } = compiled
  return { html: html.render('mail/letter', data, {}).toString(), text: text.render('mail/text', data, {}).toString() }
}
