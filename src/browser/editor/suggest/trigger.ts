export interface Typed {
  readonly kind: 'members' | 'emoji'
  /** Without the sign. */
  readonly query: string
  /** Of the sign and what follows it. */
  readonly length: number
  /** A name of an emoji between two colons is complete. */
  readonly isClosed: boolean
}

/** Behind a letter the sign is part of an address; a name may have a few words. */
const mention =
  /(?<![\p{L}\p{N}_@/.])@(\p{L}[^\s@:[\]()<>]{0,39}(?: [^\s@:[\]()<>]{1,39}){0,2}|\p{N}[^\s@:[\]()<>]{0,39})$/u
/** Two letters at least, so that nothing is offered for `:D`. */
const shortcode = /(?<![\p{L}\p{N}_:/])(?::([a-z0-9_+-]{2,40})(:?)|:([+-]1)(:?))$/iu

/** What somebody is about to name at the end of this text. */
export function typedIn(before: string): Typed | null {
  const name = mention.exec(before)
  if (name) return { kind: 'members', query: name[1] ?? '', length: name[0].length, isClosed: false }
  const code = shortcode.exec(before)
  if (!code) return null
  return { kind: 'emoji', query: (code[1] ?? '').toLowerCase(), length: code[0].length, isClosed: code[2] === ':' }
}
