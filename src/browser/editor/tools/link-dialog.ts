import type { Editor } from '@tiptap/core'
import { getMarkRange } from '@tiptap/core'
import type { Dialog } from '../beside/dialog.ts'
import { linkFrom } from '../schema/link.ts'

/** Makes a link of the words that are selected, or changes the one in which the caret is. */
export function linkDialog(dialog: Dialog): (editor: Editor) => Promise<void> {
  const address = dialog.field('link-address')
  const words = dialog.field('link-words')
  const remove = dialog.element.querySelector<HTMLElement>('[data-remove]')
  dialog.demand(address, value => linkFrom(value) !== null)
  return async editor => {
    const { from, to, text } = placeOf(editor)
    address.value = editor.getAttributes('link').href ?? ''
    words.value = text
    if (remove) remove.hidden = address.value === ''
    const answer = await dialog.ask(address)
    editor.view.focus()
    const chain = editor.chain().setTextSelection({ from, to })
    if (answer === 'remove') return void chain.unsetLink().setTextSelection(to).run()
    const href = linkFrom(address.value)
    if (answer !== 'insert' || !href) return
    const shown = words.value.trim() || address.value.trim()
    const attrs = { href, bare: false }
    if (shown !== text) chain.insertContent({ type: 'text', text: shown, marks: [{ type: 'link', attrs }] })
    else chain.setMark('link', attrs)
    chain
      .setMeta('preventAutolink', true)
      .setTextSelection(from + shown.length)
      .unsetMark('link')
      .run()
  }
}

/** The whole link, or what is selected. */
function placeOf(editor: Editor) {
  const { doc, selection, schema } = editor.state
  const { link } = schema.marks
  const whole = link && editor.isActive('link') ? getMarkRange(selection.$from, link) : undefined
  const { from, to } = whole ?? selection
  return { from, to, text: doc.textBetween(from, to, ' ') }
}
