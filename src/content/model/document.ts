import type { Run } from '../code/paints.ts'

/**
 * The one shape that every stored text has. What people type or paste is read into it, and all HTML that we store is
 * written from it, so nothing can reach a page that has no place here.
 */
export type Block =
  | { readonly type: 'paragraph'; readonly lines: readonly Line[] }
  | { readonly type: 'heading'; readonly level: 3 | 4; readonly line: Line }
  | { readonly type: 'embed'; readonly line: Line }
  | { readonly type: 'code'; readonly language: string; readonly text: string; readonly paint?: readonly Run[] }
  | { readonly type: 'quote'; readonly of: Attribution | null; readonly blocks: readonly Block[] }
  | { readonly type: 'spoiler'; readonly blocks: readonly Block[] }
  | { readonly type: 'list'; readonly start: number | null; readonly items: readonly Item[] }
  | { readonly type: 'table'; readonly columns: readonly Align[]; readonly rows: readonly (readonly Line[])[] }
  | { readonly type: 'rule' }

/** The post that a quote is taken from; `at`: when it was written, in milliseconds, where that is known. */
export type Attribution = { readonly post: number; readonly name: string; readonly at?: number }

/** `task`: whether it is done; null for an item that is no task. */
export type Item = { readonly task: boolean | null; readonly blocks: readonly Block[] }

export type Align = 'center' | 'right' | null

/** What stands between two line breaks; never empty, and no space at its end. */
export type Line = readonly Leaf[]

/** Marks stand from the outermost to the innermost; no mark stands in itself, and no link in a link. */
export type Leaf = { readonly marks: readonly Mark[] } & (
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | (Picture & { readonly type: 'image' })
  | { readonly type: 'mention'; readonly member: number; readonly name: string }
)

/**
 * `src`: as typed, the path of an own picture or an address elsewhere, of which `kept` is the own copy. The size in pixels
 * is known of what is kept here.
 */
export type Picture = {
  readonly src: string
  readonly alt: string
  readonly kept?: string
  readonly width?: number
  readonly height?: number
}

export type Style = 'strong' | 'em' | 'u' | 's' | 'spoiler'

/** One link is one object: two links to the same address stay two. `bare`: an address typed as text. */
export type Link = { readonly href: string; readonly outside: boolean; readonly bare: boolean }

export type Mark = Style | Link

export function isLink(mark: Mark): mark is Link {
  return typeof mark === 'object'
}

export function linkOf(leaf: Leaf): Link | undefined {
  return leaf.marks.find(isLink)
}

/** The bare address that is all there is on this line, if so. */
export function lonelyLink(line: Line): Link | undefined {
  const [leaf, ...others] = line
  if (leaf?.type !== 'text' || others.length > 0 || leaf.marks.length > 1) return undefined
  const link = linkOf(leaf)
  return link?.bare ? link : undefined
}

/** How a quote names whom it quotes, in every language: it is part of the dialect and of stored text. */
export function attributionText(name: string): string {
  return `${name} wrote:`
}
