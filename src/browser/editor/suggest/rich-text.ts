import type { Editor } from '@tiptap/core'
import type { Pick, Writing } from './writing.ts'

/** The rich editor, as far as its element tells of it. */
export function richText(target: HTMLElement & { editor?: Editor }): Writing | null {
  const { editor } = target
  if (!editor) return null
  return {
    target,
    before() {
      const { empty, $from } = editor.state.selection
      if (!empty || !$from.parent.isTextblock || editor.isActive('codeBlock') || editor.isActive('code')) return null
      return $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc')
    },
    rect: back => editor.view.coordsAtPos(editor.state.selection.from - back),
    replace(back, pick) {
      const { from } = editor.state.selection
      editor.view.focus()
      editor
        .chain()
        .insertContentAt({ from: from - back, to: from }, contentOf(pick))
        .run()
    },
  }
}

function contentOf(pick: Pick) {
  if ('text' in pick) return { type: 'text', text: pick.text }
  return [
    { type: 'mention', attrs: { member: pick.member, name: pick.name } },
    { type: 'text', text: ' ' },
  ]
}
