/** A dialog of the editor's. */
export type Dialog = {
  readonly element: HTMLDialogElement
  field(name: string): HTMLInputElement
  /** Shows it and answers with the value of the button that closed it; '' for Escape and ×. */
  ask(first: HTMLElement): Promise<string>
  /**
   * Enter in a field presses the button that inserts, which does nothing while this field is not good: it is marked and
   * says what it should look like.
   */
  demand(field: HTMLInputElement, isGood: (value: string) => boolean): void
}

/** The dialog of that name. */
export function dialogNamed(name: string, dialogs: readonly HTMLDialogElement[]): Dialog {
  const element = dialogs.find(({ dataset }) => dataset.dialog === name) ?? document.createElement('dialog')
  return {
    element,
    field: field => element.querySelector<HTMLInputElement>(`[name="${field}"]`) as HTMLInputElement,
    ask: first => ask(element, first),
    demand: (field, isGood) => demand(element, field, isGood),
  }
}

function ask(dialog: HTMLDialogElement, first: HTMLElement): Promise<string> {
  dialog.returnValue = ''
  dialog.showModal()
  first.focus()
  return new Promise(resolve => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true })
  })
}

function demand(dialog: HTMLDialogElement, field: HTMLInputElement, isGood: (value: string) => boolean): void {
  const judge = (event: Event) => {
    const isBad = !isGood(field.value)
    field.toggleAttribute('aria-invalid', isBad)
    if (isBad) field.setAttribute('aria-invalid', 'true')
    if (!isBad) return
    event.preventDefault()
    field.focus()
  }
  dialog.querySelector('[data-insert]')?.addEventListener('click', judge)
  for (const input of dialog.querySelectorAll('input:not([type=file])')) {
    input.addEventListener('keydown', event => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Enter') return
      event.preventDefault()
      dialog.querySelector<HTMLElement>('[data-insert]')?.click()
    })
  }
  field.addEventListener('input', () => field.removeAttribute('aria-invalid'))
}
