import { domainToASCII } from 'node:url'
import { Invalid, msg } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { emailKey, nameKey } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import { rangeHolds, tidyRange } from './address-range.ts'
import type { SentForm } from './check.ts'
import { allBlocks, type Block, insertBlock } from './queries/blocks.ts'

export type BlockKind = Block['kind']
export const blockKinds: readonly BlockKind[] = ['name', 'address', 'email']

/** Does this block speak against that person? */
export function isBlocked({ kind, pattern }: Pick<Block, 'kind' | 'pattern'>, person: Person): boolean {
  if (kind === 'address') return rangeHolds(pattern, person.address)
  if (kind === 'email') return person.email !== undefined && isBlockedEmail(pattern, person.email)
  return person.name !== undefined && nameFits(pattern, person.name)
}

type Person = Pick<SentForm, 'name' | 'email' | 'address'>

/** `*` stands for anything; letters that look alike count as the same. */
function nameFits(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map(nameKey)
  const key = nameKey(name)
  const [first = '', last = ''] = [parts[0], parts.at(-1)]
  if (parts.length === 1) return key === first
  if (!key.startsWith(first) || !key.endsWith(last) || key.length < first.length + last.length) return false
  let from = first.length
  for (const part of parts.slice(1, -1)) {
    const at = key.indexOf(part, from)
    if (at < 0 || at + part.length > key.length - last.length) return false
    from = at + part.length
  }
  return true
}

/** An address is itself, with anything behind a plus too; a domain is every address in it and in what is below it. */
function isBlockedEmail(pattern: string, email: string): boolean {
  const { local, domain } = emailParts(email)
  if (pattern.includes('@')) return [local, local.split('+', 1)[0]].some(one => pattern === `${one}@${domain}`)
  return domain === pattern || domain.endsWith(`.${pattern}`)
}

function emailParts(email: string): { local: string; domain: string } {
  const key = emailKey(email)
  const at = key.lastIndexOf('@')
  const domain = key.slice(at + 1).replace(/\.$/, '')
  return { local: key.slice(0, Math.max(at, 0)), domain: domainToASCII(domain) || domain }
}

/** May nobody use this address for an account, or its domain? Nothing is blocked while blocks are switched off. */
export async function isEmailBlocked(db: Db, email: string): Promise<boolean> {
  if (!(await settings(db)).blocks) return false
  const blocks = await allBlocks(db)
  return blocks.some(({ kind, pattern }) => kind === 'email' && isBlockedEmail(pattern, email))
}

/**
 * Blocks a name, an address or a mail domain. Throws Invalid for what would block nothing, everybody, this machine or
 * the administrator's own address.
 */
export async function addBlock(db: Db, kind: BlockKind, typed: string, ownAddress: string): Promise<void> {
  const pattern = { name: tidyName, address: (text: string) => tidyAddress(text, ownAddress), email: tidyEmail }[kind](
    typed.trim(),
  )
  await insertBlock(db, { kind, pattern }, Date.now())
}

function tidyName(typed: string): string {
  if (nameKey(typed.replaceAll('*', '')) === '') throw new Invalid({ pattern: msg('spam.block_name_wrong') })
  return typed.toLowerCase()
}

function tidyAddress(typed: string, own: string): string {
  const range = tidyRange(typed)
  if (range === null) throw new Invalid({ pattern: msg('spam.block_address_wrong') })
  if (rangeHolds(range, own)) throw new Invalid({ pattern: msg('spam.block_own_address') })
  if (['127.0.0.1', '::1'].some(loopback => rangeHolds(range, loopback)) || isWithinLoopback(range)) {
    throw new Invalid({ pattern: msg('spam.block_loopback') })
  }
  return range
}

function isWithinLoopback(range: string): boolean {
  return rangeHolds('127.0.0.0/8', range.split('/')[0] ?? '')
}

function tidyEmail(typed: string): string {
  const { local, domain } = emailParts(typed.replace(/^(\*?@|\*\.)/, ''))
  const isDomain = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain)
  if (!isDomain || /\s/.test(local)) throw new Invalid({ pattern: msg('spam.block_email_wrong') })
  return local === '' ? domain : `${local}@${domain}`
}
