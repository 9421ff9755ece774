import type { Editor } from '@tiptap/core'

export type Act = {
  act(editor: Editor): unknown
  /** Whether it holds where the caret is. */
  isOn?(editor: Editor): boolean
  /** Whether there is anything to do; always unless told. */
  can?(editor: Editor): boolean
}

const mark = (name: string): Act => ({
  act: editor => editor.commands.toggleMark(name),
  isOn: editor => editor.isActive(name),
})

const heading = (level: 3 | 4): Act => ({
  act: editor => editor.commands.toggleHeading({ level }),
  isOn: editor => editor.isActive('heading', { level }),
})

const isTask = (editor: Editor) => editor.isActive('listItem') && editor.getAttributes('listItem').task !== null

/** What the buttons do, by the names they have in the view. */
export const acts: Readonly<Record<string, Act>> = {
  bold: mark('bold'),
  italic: mark('italic'),
  underline: mark('underline'),
  strike: mark('strike'),
  code: mark('code'),
  spoiler: {
    act: editor => editor.commands.toggleSpoiler(),
    isOn: editor => editor.isActive('inlineSpoiler') || editor.isActive('spoiler'),
  },
  heading: heading(3),
  subheading: heading(4),
  bullets: {
    act: editor => editor.commands.toggleBulletList(),
    isOn: editor => editor.isActive('bulletList') && !isTask(editor),
  },
  numbers: {
    act: editor => editor.commands.toggleOrderedList(),
    isOn: editor => editor.isActive('orderedList') && !isTask(editor),
  },
  tasks: { act: editor => editor.commands.toggleTasks(), isOn: isTask },
  quote: {
    act: editor => editor.commands.toggleQuote(),
    isOn: editor => editor.isActive('quote'),
  },
  code_block: {
    act: editor => editor.commands.toggleCodeBlock(),
    isOn: editor => editor.isActive('codeBlock'),
  },
  table: {
    act: editor => editor.commands.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    can: editor => !editor.isActive('table'),
  },
  rule: { act: editor => editor.commands.setHorizontalRule() },
  undo: { act: editor => editor.commands.undo(), can: editor => editor.can().undo() },
  redo: { act: editor => editor.commands.redo(), can: editor => editor.can().redo() },
  // The heads of the columns stay on top.
  add_row_above: { act: editor => editor.commands.addRowBefore(), can: editor => !editor.isActive('tableHeader') },
  add_row: { act: editor => editor.commands.addRowAfter() },
  add_column_before: { act: editor => editor.commands.addColumnBefore() },
  add_column: { act: editor => editor.commands.addColumnAfter() },
  remove_row: { act: editor => editor.commands.deleteRow() },
  remove_column: { act: editor => editor.commands.deleteColumn() },
  remove_table: { act: editor => editor.commands.deleteTable() },
}
