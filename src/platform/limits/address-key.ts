import ipaddr from 'ipaddr.js'

/** A network address as people write it: an IPv4 one that came over IPv6 is an IPv4 one. What is no address stays. */
export function plainAddress(address: string): string {
  const text = address.split('%')[0] ?? ''
  return ipaddr.isValid(text) ? ipaddr.process(text).toString() : address
}

/**
 * Under which name an address is counted: an IPv4 address as it is, an IPv6 one by its /64, because one household has
 * all of those.
 */
export function addressKey(address: string): string {
  const plain = plainAddress(address)
  if (!ipaddr.IPv6.isValid(plain)) return plain
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${plain}/64`).toString()}/64`
}
