import ipaddr from 'ipaddr.js'
import { addressKey, plainAddress } from '../../platform/limits/index.ts'

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number]

/**
 * An address or range as it is kept: one IPv6 address stands for its /64, as everywhere else; what is written as IPv4
 * over IPv6 is IPv4. null: it is neither.
 */
export function tidyRange(typed: string): string | null {
  const text = typed.trim()
  if (!text.includes('/')) return ipaddr.isValid(text) && isWhole(text) ? addressKey(text) : null
  if (!ipaddr.isValidCIDR(text) || !isWhole(text.split('/')[0] ?? '')) return null
  const [address, bits] = withoutMapping(ipaddr.parseCIDR(text))
  const first = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  const network = first.networkAddressFromCIDR(`${address}/${bits}`)
  return bits === (address.kind() === 'ipv4' ? 32 : -1) ? network.toString() : `${network}/${bits}`
}

/** ipaddr.js also takes 10, 0x7f.1 and the like for addresses; people who type that mean something else. */
function isWhole(text: string): boolean {
  return text.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(text)
}

function withoutMapping([address, bits]: Range): Range {
  if (!(address instanceof ipaddr.IPv6) || !address.isIPv4MappedAddress() || bits < 96) return [address, bits]
  return [address.toIPv4Address(), bits - 96]
}

/** Does the range, as tidyRange gives it, hold this network address? */
export function rangeHolds(range: string, address: string): boolean {
  const plain = plainAddress(address)
  if (!ipaddr.isValid(plain)) return false
  const parsed = ipaddr.parse(plain)
  const [network, bits] = range.includes('/') ? ipaddr.parseCIDR(range) : wholeRange(range)
  return network.kind() === parsed.kind() && parsed.match(network, bits)
}

function wholeRange(address: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const parsed = ipaddr.parse(address)
  return [parsed, parsed.kind() === 'ipv4' ? 32 : 128]
}

/** Is any address in both of these ranges? */
export function rangesMeet(one: string, other: string): boolean {
  const first = (range: string) => range.split('/')[0] ?? ''
  return rangeHolds(one, first(other)) || rangeHolds(other, first(one))
}
