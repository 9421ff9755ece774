import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Looks public, and is the machine below: Azure's wire server (learn.microsoft.com, "What is IP address 168.63.129.16"). */
const hosts = new Set(['168.63.129.16'])

/** All that is given out to the public (iana.org, "IPv6 Global Unicast Address Assignments"). */
const globalV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether a network address, as numbers, is one of the internet's. Private, loopback, link-local, shared (RFC 6598),
 * multicast and reserved ones are not, nor what carries an IPv4 address within (mapped, NAT64, 6to4, Teredo), whichever
 * it is. Sources: the IANA special-purpose registries, as ipaddr.js has them.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address.includes('%') || hosts.has(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalV6)
}

/** Names that only mean something within a machine or a house (RFC 6761, RFC 6762, RFC 8375, RFC 9476, ICANN: internal). */
const inner = ['localhost', 'local', 'internal', 'intranet', 'lan', 'home', 'corp', 'alt', 'onion', 'home.arpa']

/** Whether a name, as `URL.hostname` has it, may be looked up at all: one of the internet's has a dot within. */
export function isPublicName(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  return name.includes('.') && !inner.some(end => name === end || name.endsWith(`.${end}`))
}

/** The address that a URL names as numbers; null when it names a host by name. */
export function literalOf(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) > 0 ? bare : null
}
