import { Extension } from '@tiptap/core'

/** Ctrl+Enter sends what is being written, as in the plain box. */
export function sending(field: HTMLTextAreaElement): Extension {
  const send = () => {
    const { form } = field
    form?.requestSubmit(form.querySelector<HTMLElement>('[data-send]'))
    return true
  }
  return Extension.create({
    name: 'sending',
    priority: 1100,
    addKeyboardShortcuts: () => ({ 'Mod-Enter': send, 'Ctrl-Enter': send }),
  })
}
