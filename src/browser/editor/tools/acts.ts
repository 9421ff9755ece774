import type { Editor } from '@tiptap/core'

export type Act = {
  act(editor: Editor): unknown
  /** Whether it holds where the caret is. */
  isOn?(editor: Editor): boolean
  /** Whether there is anything to do; always unless told. */
  can?(editor: Editor): boolean
}

const mark = (name: string): Act => ({
  act: editor => editor.chain().focus().toggleMark(name).run(),
  isOn: editor => editor.isActive(name),
})

const heading = (level: 3 | 4): Act => ({
  act: editor => editor.chain().focus().toggleHeading({ level }).run(),
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
    act: editor => editor.chain().focus().toggleSpoiler().run(),
    isOn: editor => editor.isActive('inlineSpoiler') || editor.isActive('spoiler'),
  },
  heading: heading(3),
  subheading: heading(4),
  bullets: {
    act: editor => editor.chain().focus().toggleBulletList().run(),
    isOn: editor => editor.isActive('bulletList') && !isTask(editor),
  },
  numbers: {
    act: editor => editor.chain().focus().toggleOrderedList().run(),
    isOn: editor => editor.isActive('orderedList') && !isTask(editor),
  },
  tasks: { act: editor => editor.chain().focus().toggleTasks().run(), isOn: isTask },
  quote: {
    act: editor => editor.chain().focus().toggleQuote().run(),
    isOn: editor => editor.isActive('quote'),
  },
  code_block: {
    act: editor => editor.chain().focus().toggleCodeBlock().run(),
    isOn: editor => editor.isActive('codeBlock'),
  },
  table: {
    act: editor => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
    can: editor => !editor.isActive('table'),
  },
  rule: { act: editor => editor.chain().focus().setHorizontalRule().run() },
  undo: { act: editor => editor.chain().focus().undo().run(), can: editor => editor.can().undo() },
  redo: { act: editor => editor.chain().focus().redo().run(), can: editor => editor.can().redo() },
  add_row: { act: editor => editor.chain().focus().addRowAfter().run() },
  add_column: { act: editor => editor.chain().focus().addColumnAfter().run() },
  remove_row: { act: editor => editor.chain().focus().deleteRow().run() },
  remove_column: { act: editor => editor.chain().focus().deleteColumn().run() },
  remove_table: { act: editor => editor.chain().focus().deleteTable().run() },
}
