import { domainToASCII } from 'node:url'

/** Both sides of the key of an e-mail address; a domain in letters of any language as mail servers write it. */
export function emailParts(key: string): { local: string; domain: string } {
  const at = key.lastIndexOf('@')
  const domain = key.slice(at + 1).replace(/\.$/, '')
  return { local: key.slice(0, Math.max(at, 0)), domain: domainToASCII(domain) || domain }
}

/** An address is itself, with anything behind a plus too; a domain is every address in it and in what is below it. */
export function emailHolds(pattern: string, key: string): boolean {
  const { local, domain } = emailParts(key)
  if (pattern.includes('@')) return [local, local.split('+', 1)[0]].some(one => pattern === `${one}@${domain}`)
  return domain === pattern || domain.endsWith(`.${pattern}`)
}
