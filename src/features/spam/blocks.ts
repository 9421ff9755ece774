import { Invalid, msg } from '../../platform/errors.ts'
import type { Db } from '../../platform/store/index.ts'
import { emailKey, nameKey } from '../members/index.ts'
import { emailHolds, emailParts, rangeHolds, tidyRange } from '../sanctions/index.ts'
import { settings } from '../settings/index.ts'
import type { SentForm } from './check.ts'
import { allBlocks, type Block, insertBlock } from './queries/blocks.ts'

export type BlockKind = Block['kind']
export const blockKinds: readonly BlockKind[] = ['name', 'address', 'email']

/** Does this block speak against that person? A mere ban whose time is over speaks against nobody. */
export function isBlocked(
  { kind, pattern, stays = 1, ends_at = null }: Pick<Block, 'kind' | 'pattern'> & Partial<Block>,
  person: Person,
): boolean {
  if (stays === 0 && ends_at !== null && ends_at <= Date.now()) return false
  if (kind === 'address') return rangeHolds(pattern, person.address)
  if (kind === 'email') return person.email !== undefined && emailHolds(pattern, emailKey(person.email))
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

/** May nobody use this address for an account, or its domain? Nothing is blocked while blocks are switched off. */
export async function isEmailBlocked(db: Db, email: string): Promise<boolean> {
  if (!(await settings(db)).blocks) return false
  const blocks = await allBlocks(db)
  return blocks.some(block => block.kind === 'email' && isBlocked(block, { email, address: '' }))
}

/**
 * Blocks a name, an address or a mail domain. Throws Invalid for what would block nothing, everybody, this machine or
 * the administrator's own address.
 */
export async function addBlock(db: Db, kind: BlockKind, typed: string, ownAddress: string): Promise<void> {
  await insertBlock(db, { kind, pattern: tidyPattern(kind, typed, ownAddress) }, Date.now())
}

/** What was typed as it is kept. Throws as `addBlock`. */
export function tidyPattern(kind: BlockKind, typed: string, ownAddress: string): string {
  const text = typed.trim()
  if (kind === 'address') return tidyAddress(text, ownAddress)
  return kind === 'email' ? tidyEmail(text) : tidyName(text)
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
  const { local, domain } = emailParts(emailKey(typed.replace(/^(\*?@|\*\.)/, '')))
  const isDomain = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain)
  if (!isDomain || /\s/.test(local)) throw new Invalid({ pattern: msg('spam.block_email_wrong') })
  return local === '' ? domain : `${local}@${domain}`
}
