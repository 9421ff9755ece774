import { all } from './dom.ts'

/** Passwords can be read while they are typed. */
for (const row of all('[data-reveal]')) {
  const field = row.querySelector('input')
  const button = row.querySelector('button')
  if (!field || !button) continue
  const show = (shown: boolean) => {
    field.type = shown ? 'text' : 'password'
    button.ariaPressed = String(shown)
  }
  button.hidden = false
  button.addEventListener('click', () => show(field.type === 'password'))
  field.form?.addEventListener('submit', () => show(false))
}

/** A field that was wrong is not called wrong any more while it is put right. */
for (const field of all<HTMLInputElement>('[aria-invalid="true"]')) {
  field.addEventListener('input', () => field.removeAttribute('aria-invalid'), { once: true })
}

/** Ctrl+Enter sends what is being written. */
document.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  if (event.target instanceof HTMLTextAreaElement) {
    const { form } = event.target
    form?.requestSubmit(form.querySelector<HTMLElement>('[data-send]'))
  }
})
