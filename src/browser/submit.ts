// A second click on "Submit Reply" sends nothing. Coming back, or waiting in vain, gives the button back.
const patience = 15_000

document.addEventListener('submit', event => {
  const form = event.target as HTMLFormElement
  if (event.defaultPrevented || form.method !== 'post') return
  if (form.dataset.sent) return event.preventDefault()
  form.dataset.sent = '1'
  event.submitter?.setAttribute('aria-disabled', 'true')
  setTimeout(() => giveBack(form), patience)
})

addEventListener('pageshow', () => {
  for (const form of document.forms) giveBack(form)
})

function giveBack(form: HTMLFormElement): void {
  delete form.dataset.sent
  for (const button of form.elements) button.removeAttribute('aria-disabled')
}
