export type Fields = {
  readonly dialog: HTMLDialogElement
  field(name: string): HTMLInputElement
}

/** A dialog of the editor's, by its name. */
export function dialogNamed(name: string, dialogs: readonly HTMLDialogElement[]): Fields {
  const dialog = dialogs.find(({ dataset }) => dataset.dialog === name) ?? document.createElement('dialog')
  return { dialog, field: name => dialog.querySelector<HTMLInputElement>(`[name="${name}"]`) as HTMLInputElement }
}

/** Shows it and answers with the value of the button that closed it; '' for Escape and ×. */
export function ask(dialog: HTMLDialogElement, first: HTMLElement): Promise<string> {
  dialog.returnValue = ''
  dialog.showModal()
  first.focus()
  return new Promise(resolve => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true })
  })
}

/**
 * Enter in a field presses the button that inserts, which does nothing while the address is none: the field is marked
 * and says what an address looks like.
 */
export function demand(dialog: HTMLDialogElement, field: HTMLInputElement, isGood: (value: string) => boolean): void {
  const judge = (event: Event) => {
    const isBad = !isGood(field.value)
    field.toggleAttribute('aria-invalid', isBad)
    if (isBad) field.setAttribute('aria-invalid', 'true')
    if (!isBad) return
    event.preventDefault()
    field.focus()
  }
  dialog.querySelector('[data-insert]')?.addEventListener('click', judge)
  for (const input of dialog.querySelectorAll('input')) {
    input.addEventListener('keydown', event => {
      if (event.key !== 'Enter') return
      event.preventDefault()
      dialog.querySelector<HTMLElement>('[data-insert]')?.click()
    })
  }
  field.addEventListener('input', () => field.removeAttribute('aria-invalid'))
}
