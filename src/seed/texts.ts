import { compose } from '../content/index.ts'
import type { Random } from './random.ts'
import { openings, sentences, words } from './words.ts'

/** A part of a post as it is kept: blocks stand one after the other in a post. */
export interface Block {
  readonly html: string
  readonly text: string
}

export interface Pools {
  readonly paragraphs: readonly Block[]
  readonly short: readonly Block[]
  readonly extras: readonly Block[]
  readonly version: number
  /** The quote of a post. */
  quote(of: { postId: number; name: string }, random: Random): Block
}

/** Puts words into a sentence's places. */
export function fill(sentence: string, random: Random): string {
  const filled = sentence.replace(/\{(\w+)\}/g, (_, kind: string) => random.pick(words[kind] ?? ['it']))
  return filled.charAt(0).toUpperCase() + filled.slice(1)
}

export function titleOf(random: Random): string {
  return fill(random.pick(openings), random)
}

function paragraph(random: Random, least: number, most: number): string {
  const count = least + random.below(most - least + 1)
  return Array.from({ length: count }, () => fill(random.pick(sentences), random)).join(' ')
}

function list(random: Random): string {
  const mark = random.chance(0.5) ? () => '- ' : (index: number) => `${index + 1}. `
  const items = Array.from(
    { length: 3 + random.below(4) },
    (_, index) => mark(index) + fill(random.pick(sentences), random),
  )
  return items.join('\n')
}

function withLink(random: Random): string {
  const page = `https://plants.example/${fill('{plant}', random).toLowerCase().replace(/\W+/g, '-')}`
  return `${fill(random.pick(sentences), random)} I found [a page on it](${page}) the other day.`
}

const quotedName = 'Quotedmember'
const quotedId = 987654321

/**
 * Blocks by the forum's own pipeline, made once: posts are put together from them, because composing each of a million
 * posts would take an hour.
 */
export async function makePools(random: Random, size: number): Promise<Pools> {
  const make = async (count: number, write: () => string) => {
    const blocks: Block[] = []
    for (let made = 0; made < count; made++) blocks.push(await composed(write()))
    return blocks
  }
  const paragraphs = await make(size, () => paragraph(random, 2, 6))
  const short = await make(size / 2, () => paragraph(random, 1, 2))
  const extras = await make(size / 4, () => (random.chance(0.5) ? list(random) : withLink(random)))
  const quotes = await make(
    size / 4,
    () => `> [${quotedName} wrote:](/post/${quotedId})\n>\n> ${paragraph(random, 1, 2)}`,
  )
  return {
    paragraphs,
    short,
    extras,
    version: (await compose({ body: 'a', format: 'markdown' }, limits)).version,
    quote: ({ postId, name }, chooser) => {
      const { html, text } = chooser.pick(quotes)
      const put = (words: string) => words.replaceAll(quotedName, name).replaceAll(String(quotedId), String(postId))
      return { html: put(html), text: put(text) }
    },
  }
}

const limits = { maxLength: 100_000, maxEmoji: 75 }

async function composed(markdown: string): Promise<Block> {
  const { html, text } = await compose({ body: markdown, format: 'markdown' }, limits)
  return { html, text }
}

/** The body of a post: from one line to about 800 words. */
export function bodyOf(pools: Pools, random: Random, quoted: { postId: number; name: string } | null): Block {
  const blocks: Block[] = quoted ? [pools.quote(quoted, random)] : []
  const size = random.next()
  if (size < 0.35) blocks.push(random.pick(pools.short))
  else for (let left = lengthOf(size, random); left > 0; left--) blocks.push(random.pick(pools.paragraphs))
  if (random.chance(0.08)) blocks.push(random.pick(pools.extras))
  return { html: blocks.map(block => block.html).join(''), text: blocks.map(block => block.text).join('\n') }
}

/** In paragraphs: mostly a few, rarely many. */
function lengthOf(size: number, random: Random): number {
  if (size < 0.85) return 1 + random.below(3)
  return size < 0.99 ? 3 + random.below(4) : 8 + random.below(8)
}
