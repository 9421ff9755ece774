import { attachmentPath } from './file-name.ts'
import type { Attachment } from './queries/attachments.ts'

/** What stands in a text for an attachment. `size`: in words, for those that are not seen. */
export function markdownFor(attachment: Attachment, size: string): string {
  const { kind, name } = attachment
  const path = attachmentPath(attachment)
  return kind === 'image' ? `![${describing(name)}](${path})` : `[${escaped(name)}](${path}) (${size})`
}

/** The words of a name that somebody gave; what a camera or a program counted describes nothing. */
export function describing(name: string): string {
  const stem = name.replace(/\.[^.]*$/, '')
  const words = stem.replace(/[-_.+\s]+/g, ' ').trim()
  const isCounted = /\d{3,}|^(?:img|image|dsc|pic|photo|screenshot|screen shot|unnamed|file|bild|foto|scan)\b/i.test(
    words,
  )
  return isCounted || !/\p{L}{3}/u.test(words) ? '' : escaped(words)
}

/** Signs that Markdown would take for more than letters. */
function escaped(text: string): string {
  return text.replace(/[\\*_~|+=-]/g, '\\$&')
}
