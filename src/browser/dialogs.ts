import { all, on } from './dom.ts'

for (const opener of all('[data-open]')) opener.hidden = false

on('click', '[data-open]', opener => showDialog(opener.dataset.open ?? ''))

/** Opens the dialog of that id. */
export function showDialog(id: string): HTMLDialogElement | null {
  const dialog = document.getElementById(id)
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return null
  dialog.returnValue = ''
  dialog.showModal()
  return dialog
}

// A click on the veil reaches the dialog itself: its content fills it.
document.addEventListener('click', event => {
  if (!(event.target instanceof HTMLDialogElement)) return
  const box = event.target.getBoundingClientRect()
  const inside =
    event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom
  if (!inside) event.target.close()
})

const confirmed = new WeakSet<Element>()

/** A button with data-confirm asks first. */
document.addEventListener('submit', event => {
  const button = event.submitter
  const question = button?.dataset.confirm
  if (!button || !question || confirmed.delete(button)) return
  const dialog = showDialog('confirm')
  if (!dialog) return
  event.preventDefault()
  event.stopImmediatePropagation()
  ask(dialog, question, button)
})

function ask(dialog: HTMLDialogElement, question: string, button: HTMLElement): void {
  const words = dialog.querySelector('h2')
  const yes = dialog.querySelector('[data-confirm-yes]')
  if (words) words.textContent = question
  if (yes) yes.textContent = button.textContent?.trim() || button.ariaLabel
  dialog.addEventListener('close', () => dialog.returnValue === 'yes' && send(button), { once: true })
}

function send(button: HTMLElement): void {
  confirmed.add(button)
  if (button instanceof HTMLButtonElement) button.form?.requestSubmit(button)
}
