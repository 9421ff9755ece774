import { cleanLine } from '../../content/index.ts'

const longest = 100

/**
 * The name under which a file is kept: for people, who see it in links and when they save it, so it says nothing of
 * folders, shows as it is, and ends as its content demands.
 */
export function tidyFileName(typed: string, endings: readonly string[]): string {
  const plain = plainFileName(typed)
  const [, stem = plain, ending = ''] = /^(.*)\.([A-Za-z0-9]{1,8})$/.exec(plain) ?? []
  const fits = endings.includes(ending.toLowerCase())
  const words = [...(fits ? stem : plain)].slice(0, longest).join('').trim()
  return `${words || 'file'}.${fits ? ending.toLowerCase() : endings[0]}`
}

/** What the sender calls a file, on one line and without what only deceives. */
export function plainFileName(typed: string): string {
  const last = typed.normalize('NFC').toWellFormed().split(/[/\\]/).at(-1) ?? ''
  return cleanLine(last.slice(0, longest * 10).toWellFormed())
    .replace(/[\p{C}\p{Zl}\p{Zp}<>:"|?*%#&`[\](){}!~^]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|(?<![\s.])[\s.]+$/g, '')
}

/** The address of an attachment; the number decides, the name is for people. */
export function attachmentPath({ id, name }: { readonly id: number; readonly name: string }): string {
  return `/attachment/${id}/${encodeURIComponent(name)}`
}
