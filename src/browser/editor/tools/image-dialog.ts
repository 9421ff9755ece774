import type { Editor } from '@tiptap/core'
import { ask, demand, dialogNamed } from './dialog.ts'

/** Puts a picture of the web into the text by its address, with words for those who cannot see it. */
export function imageDialog(dialogs: readonly HTMLDialogElement[]): (editor: Editor, src?: string) => Promise<void> {
  const { dialog, field } = dialogNamed('image', dialogs)
  const address = field('image-address')
  const alt = field('image-alt')
  demand(dialog, address, isAddress)
  return async (editor, src = '') => {
    address.value = src
    alt.value = ''
    const answer = await ask(dialog, src ? alt : address)
    editor.view.focus()
    if (answer !== 'insert' || !isAddress(address.value)) return
    editor.commands.insertContent({ type: 'image', attrs: { src: address.value.trim(), alt: alt.value.trim() } })
  }
}

function isAddress(value: string): boolean {
  return /^https?:\/\/[^\s/]+\S*$/i.test(value.trim())
}
