import { Fragment, type Node, type ResolvedPos, type Schema, Slice } from '@tiptap/pm/model'

/** Text as it was: an empty line parts paragraphs, a line break stays one. */
export function plainSlice(text: string, $context: ResolvedPos, schema: Schema): Slice {
  const { paragraph, hardBreak } = schema.nodes
  const lines = text.replace(/\r\n?/g, '\n').replace(/^\n+|\s+$/g, '')
  if (!paragraph || !hardBreak || lines === '') return Slice.empty
  if ($context.parent.type.spec.code) return new Slice(Fragment.from(schema.text(lines)), 0, 0)
  const marks = $context.marks()
  const paragraphs = lines.split(/\n[ \t]*\n\s*/).map(one => {
    const content: Node[] = one.split('\n').flatMap((line, at) => {
      const words = line ? [schema.text(line, marks)] : []
      return at === 0 ? words : [hardBreak.create(), ...words]
    })
    return paragraph.create(null, content)
  })
  return new Slice(Fragment.from(paragraphs), 1, 1)
}
