/** A part of a mail whose words are a phrase, or `example`: what stands there is somebody's, and is not a phrase. */
export interface LayoutPart {
  readonly as: 'paragraph' | 'button' | 'note' | 'fact' | 'example'
  /** A phrase key; of an `example` the phrase that stands for it. */
  readonly key: string
}

/** How a mail is laid out, so that its words can be changed and looked at without there being such a mail. */
export interface Layout {
  /** The phrase key of its subject. */
  readonly subject: string
  readonly parts: readonly LayoutPart[]
}

/** Of every kind: the ways in which its mails may come. */
export type Layouts = Readonly<Record<string, readonly Layout[]>>

/** The phrases of a kind that can be changed, each once, in the order in which they are read. */
export function phrasesOf(layouts: readonly Layout[]): string[] {
  const keys = layouts.flatMap(({ subject, parts }) => [
    subject,
    ...parts.filter(({ as }) => as !== 'example').map(({ key }) => key),
  ])
  return [...new Set(keys)]
}

const examples: Readonly<Record<string, string>> = {
  name: 'Maria',
  title: 'Where shall we meet on Sunday?',
  subject: 'A question',
  email: 'maria@example.org',
  group: 'Moderators',
  rule: 'Links of new members',
}

/** What stands in the place of this name in an example; undefined: nothing is known by it. */
export function exampleOf(place: string, given: Readonly<Record<string, string>>): string | undefined {
  return given[place] ?? examples[place]
}
