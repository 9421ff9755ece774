import { diffArrays, diffWordsWithSpace } from 'diff'
import { toMarkdownHere } from './inverse/to-markdown.ts'

/** A stretch of text that two versions share, or that only one of them has. */
export type Change = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

/** Steps from one version to the other, above which they count as altogether different: the work grows with its square. */
const mostSteps = { paragraphs: 300, words: 400 }

export function changesHere(older: string, newer: string): Change[] {
  return textChanges(toMarkdownHere(older), toMarkdownHere(newer))
}

/** Paragraph by paragraph, then word by word where paragraphs differ. */
export function textChanges(older: string, newer: string): Change[] {
  const parts = diffArrays(paragraphsOf(older), paragraphsOf(newer), { maxEditLength: mostSteps.paragraphs })
  if (!parts) return replaced(older, newer)
  const changes: Change[] = []
  for (let at = 0; at < parts.length; at++) {
    const [part, next] = [parts[at], parts[at + 1]]
    if (!part) continue
    const text = part.value.join('')
    if (part.removed && next?.added) {
      changes.push(...wordChanges(text, next.value.join('')))
      at++
    } else changes.push({ kind: part.added ? 'added' : part.removed ? 'removed' : 'same', text })
  }
  return changes
}

function wordChanges(older: string, newer: string): Change[] {
  const parts = diffWordsWithSpace(older, newer, { maxEditLength: mostSteps.words })
  if (!parts) return replaced(older, newer)
  return parts.map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}

function replaced(older: string, newer: string): Change[] {
  return [
    { kind: 'removed', text: older },
    { kind: 'added', text: newer },
  ]
}

/** And the line breaks between them, each a part of its own. */
function paragraphsOf(text: string): string[] {
  return text.split(/(\n+)/)
}
