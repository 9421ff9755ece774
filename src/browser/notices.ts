import { all, on } from './dom.ts'

for (const button of all('button[data-dismiss]')) button.hidden = false

on('click', 'button[data-dismiss]', button => remove(button))

/** What stays until dismissed goes at once; the server is told without a new page. */
document.addEventListener('submit', event => {
  const form = event.target as HTMLFormElement
  if (!form.matches('form[data-dismiss]')) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>)
  fetch(form.action, { method: 'post', body, redirect: 'manual' }).catch(() => undefined)
  remove(form)
})

function remove(inside: Element): void {
  const notice = inside.closest('.notice')
  const list = notice?.closest('.notices')
  const next = list?.querySelector<HTMLElement>('.notice button') ?? document.getElementById('content')
  notice?.remove()
  if (list && !list.childElementCount) list.remove()
  next?.isConnected ? next.focus() : document.getElementById('content')?.focus()
}

document.querySelector<HTMLElement>('[data-focus]')?.focus()
