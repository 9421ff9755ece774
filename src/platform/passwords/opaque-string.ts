/**
 * A password as it is compared, whatever keyboard it was typed on: every kind of space is the plain one, letters are
 * composed (RFC 8265, the OpaqueString profile). Upper and lower case, and spaces at the ends, stay as they are.
 */
export function opaqueString(password: string): string {
  return password.replace(/\p{Zs}/gu, ' ').normalize('NFC')
}
