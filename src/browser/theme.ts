import { all } from './dom.ts'

const root = document.documentElement

/** The theme changes at once; the server remembers it for the next page. */
document.addEventListener('submit', event => {
  const form = event.target as HTMLFormElement
  if (!form.matches('[data-theme-form]') || !event.submitter) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const body = new URLSearchParams(new FormData(form, event.submitter) as unknown as Record<string, string>)
  show(body.get('theme') ?? 'system')
  fetch(form.action, { method: 'post', body, redirect: 'manual' }).catch(() => form.submit())
})

function show(theme: string): void {
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  for (const button of all<HTMLButtonElement>('[data-theme-form] button')) {
    button.ariaPressed = String(button.value === theme)
  }
  const scheme = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')
  if (scheme) scheme.content = theme === 'system' ? 'light dark' : theme
}
