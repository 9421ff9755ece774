import { TableCell as Cell, TableHeader as Header, Table as Node, TableRow } from '@tiptap/extension-table'

export { TableRow }

/** Cells hold one line each, as Markdown knows them. Nothing here may be styled, nor spans several cells. */
export const Table = Node.extend({
  renderHTML: () => ['table', ['tbody', 0]],
  addKeyboardShortcuts() {
    const next = () => {
      if (!this.editor.isActive('table')) return false
      if (this.editor.commands.goToNextCell()) return true
      return this.editor.chain().addRowAfter().goToNextCell().run()
    }
    return { ...this.parent?.(), Enter: next, 'Shift-Enter': next }
  },
}).configure({ View: null })

export const TableCell = Cell.extend({
  content: 'inline*',
  addAttributes: cellAttributes,
  parseHTML: () => [{ tag: 'td' }],
  renderHTML: ({ HTMLAttributes }) => ['td', HTMLAttributes, 0],
})

export const TableHeader = Header.extend({
  content: 'inline*',
  addAttributes: cellAttributes,
  parseHTML: () => [{ tag: 'th' }],
  renderHTML: ({ HTMLAttributes }) => ['th', HTMLAttributes, 0],
})

function cellAttributes() {
  const one = { default: 1, rendered: false, parseHTML: () => 1 }
  return {
    colspan: one,
    rowspan: one,
    colwidth: { default: null, rendered: false, parseHTML: () => null },
    align: {
      default: null,
      parseHTML: (element: HTMLElement) =>
        ['right', 'center'].find(side => element.classList.contains(`align-${side}`)) ?? null,
      renderHTML: ({ align }: { align?: string | null }) => (align ? { class: `align-${align}` } : {}),
    },
  }
}
