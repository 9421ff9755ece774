import { convert, type Format } from '../editor/convert.ts'

/** A text as it is typed at a place. */
export type Copy = {
  readonly title: string
  /** The number of what is to stand before the title; empty: nothing. */
  readonly prefix: string
  readonly body: string
  readonly format: Format
  /** When it was typed, in milliseconds. */
  readonly at: number
}

type Three = [string, string, string]

/** What a form would send now. */
export function copyOf(form: HTMLFormElement): Copy {
  const data = new FormData(form)
  const format = data.get('format') === 'html' ? 'html' : 'markdown'
  const [title, prefix, body] = ['title', 'prefix', 'body'].map(name => String(data.get(name) ?? '')) as Three
  return { title, prefix, body, format, at: Date.now() }
}

/** The words alone, which are the same in both formats. */
export function wordsOf({ body, format }: Pick<Copy, 'body' | 'format'>): string {
  if (format === 'markdown') return body
  const blocks = new DOMParser().parseFromString(body.replace(/<(\/p|\/li|\/h\d|br)/g, ' $&'), 'text/html').body
  return blocks.textContent ?? ''
}

/** Without spaces and without the signs of Markdown. */
function bare(text: string): string {
  return text.replace(/[\s\\*_~`#>|()[\]+-]+/g, '')
}

/** Whether everything that the other one says is said here, too. */
export function says(one: Copy, other: Copy): boolean {
  return bare(one.title).includes(bare(other.title)) && bare(wordsOf(one)).includes(bare(wordsOf(other)))
}

export function saysTheSame(one: Copy, other: Copy): boolean {
  return says(one, other) && says(other, one)
}

/** As Markdown, which reads well in the plain box, too; what cannot be converted stays as it is. */
export async function asMarkdown(copy: Copy): Promise<Copy> {
  if (copy.format === 'markdown') return copy
  try {
    return { ...copy, body: await convert(copy.body, 'html'), format: 'markdown' }
  } catch {
    return copy
  }
}

/** The same for two texts in different formats, whose signs and addresses must not be taken for words. */
export async function inOneFormat(one: Copy, other: Copy): Promise<readonly [Copy, Copy]> {
  return one.format === other.format ? [one, other] : [await asMarkdown(one), await asMarkdown(other)]
}
