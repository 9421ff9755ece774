/** A link that an administrator puts around every page. */
export interface OwnLink {
  readonly text: string
  readonly href: string
}

const mostLinks = 12
const longestText = 40

/** One link in each line: its words, a bar, its address on this site or elsewhere. */
export function ownLinks(list: string): OwnLink[] {
  return linesOf(list).flatMap(line => linkOf(line) ?? [])
}

export function isListOfLinks(list: string): boolean {
  const lines = linesOf(list)
  return lines.length <= mostLinks && lines.every(line => linkOf(line) !== null)
}

function linesOf(list: string): string[] {
  return list
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
}

function linkOf(line: string): OwnLink | null {
  const bar = line.lastIndexOf('|')
  const [text, href] = [line.slice(0, Math.max(0, bar)).trim(), line.slice(bar + 1).trim()]
  return text !== '' && text.length <= longestText && isAddress(href) ? { text, href } : null
}

function isAddress(href: string): boolean {
  if (/[\s\\"<>]/.test(href)) return false
  if (/^\/(?!\/)/.test(href)) return true
  return /^(?:https?:\/\/|mailto:)[^/]/.test(href) && URL.canParse(href)
}
