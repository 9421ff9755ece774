import { linkifyit } from 'linkify-it'
import { type Message, msg } from '../../platform/errors.ts'
import { nameKey } from './name.ts'

const shortestName = 3
export const longestName = 40

const reserved = new Set(
  [
    ...[
      'admin',
      'admins',
      'administrator',
      'administrators',
      'mod',
      'mods',
      'moderator',
      'moderators',
      'staff',
      'owner',
    ],
    ...['root', 'system', 'webmaster', 'support', 'helpdesk', 'security', 'abuse', 'postmaster', 'noreply', 'mailer'],
    ...['guest', 'guests', 'member', 'members', 'anonymous', 'unknown', 'deleted', 'nobody', 'everyone', 'all', 'here'],
    ...['stoa', 'forum', 'null', 'undefined'],
  ].map(nameKey),
)

/** A name as it is kept: composed, without spaces around it and with single ones inside. */
export function tidyName(typed: string): string {
  return typed
    .normalize('NFC')
    .replace(/[\p{Zs}\t\n\r]+/gu, ' ')
    .trim()
}

/** Why nobody may be called so; null when the name is fine. Lengths are as people count: a flag or a family is one. */
export function nameFault(name: string, { allowReserved = false } = {}): Message | null {
  if (name.length > longestName * 50) return msg('members.name_long', { most: longestName })
  const key = nameKey(name)
  const length = [...new Intl.Segmenter().segment(name)].length
  if (hasUnseen(name)) return msg('members.name_invisible')
  if (length < shortestName) return msg('members.name_short', { least: shortestName })
  if (length > longestName || name.length > longestName * 8) return msg('members.name_long', { most: longestName })
  if (!/[\p{L}\p{N}]/u.test(name) || key === '') return msg('members.name_letters')
  if (/\p{M}{4}/u.test(name.normalize('NFC'))) return msg('members.name_marks')
  if (name.normalize('NFKC').includes('@')) return msg('members.name_email')
  if (looksLikeAddress(name)) return msg('members.name_address')
  if (mixesScripts(name)) return msg('members.name_mixed')
  if (!allowReserved && reserved.has(key)) return msg('members.name_reserved')
  return null
}

/** Marks that join letters are part of how Persian and the languages of India are written. */
const joiners = /(?<=[\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Mlym}\p{scx=Sinh}])[\u200c\u200d](?=\p{L})/gu

/** Control, invisible and direction characters, outside of emoji and of scripts that are written with them. */
function hasUnseen(name: string): boolean {
  const rest = name.replace(/\p{RGI_Emoji}/gv, '').replace(joiners, '')
  return /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u.test(rest) || !name.isWellFormed()
}

const links = linkifyit({ fuzzyLink: true })

function looksLikeAddress(name: string): boolean {
  const plain = name.normalize('NFKC')
  return /:\/\/|^www\./i.test(plain) || links.test(plain)
}

/** Within one word, letters of two alphabets that look alike are there to deceive. */
function mixesScripts(name: string): boolean {
  const alphabets = [/\p{Script=Latin}/u, /\p{Script=Greek}/u, /\p{Script=Cyrillic}/u]
  const words = name.normalize('NFKC').match(/[\p{L}\p{M}]+/gu) ?? []
  return words.some(word => alphabets.filter(alphabet => alphabet.test(word)).length > 1)
}
