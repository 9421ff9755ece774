import { all, on, toast } from './dom.ts'

const sheet = document.getElementById('share')

async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast(done)
  } catch {
    prompt(done, text)
  }
}

/** A permalink that is clicked goes there, as links do, and is copied as well. */
on('click', 'a[data-copy]', (link, event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || !navigator.clipboard) return
  event.preventDefault()
  copy((link as HTMLAnchorElement).href, link.dataset.copy ?? '')
})

/** What stands in a field to be copied from it. */
for (const button of all('[data-copy-from]')) {
  const field = document.getElementById(button.dataset.copyFrom ?? '')
  if (!(field instanceof HTMLInputElement)) continue
  button.hidden = !navigator.clipboard
  button.addEventListener('click', () => copy(field.value, button.dataset.copied ?? ''))
  field.addEventListener('focus', () => field.select())
}

if (sheet) {
  const field = sheet.querySelector<HTMLInputElement>('input')
  const system = sheet.querySelector<HTMLElement>('[data-share-system]')
  let url = new URL(sheet.dataset.shareUrl ?? '', location.href).href

  const aim = (to: string) => {
    const before = field?.value ?? url
    url = new URL(to, location.href).href
    if (field) field.value = url
    for (const link of all<HTMLAnchorElement>('[data-share-link]', sheet)) {
      link.href = link.href.replace(encodeURIComponent(before), encodeURIComponent(url))
    }
  }

  on('click', '[data-share]', (button, event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    aim(button.dataset.share ?? '')
    if (!button.matches('a') || !('showPopover' in sheet)) return
    event.preventDefault()
    sheet.showPopover()
  })

  for (const button of all('[data-copy-field]', sheet)) {
    button.hidden = !navigator.clipboard
    button.addEventListener('click', () => copy(url, button.dataset.copied ?? ''))
  }
  field?.addEventListener('focus', () => field.select())

  if (system && 'share' in navigator) {
    system.hidden = false
    system.addEventListener('click', () => {
      navigator.share({ url, title: sheet.dataset.shareTitle }).catch(() => undefined)
    })
  }
}
