import { showDialog } from './dialogs.ts'
import { all } from './dom.ts'

// Single letters, never while typing, and they can be switched off: the browser remembers it.
const store = 'stoa-keys'
const toggle = document.querySelector<HTMLInputElement>('#keys-on')

function remembered(): boolean {
  try {
    return localStorage.getItem(store) !== 'off'
  } catch {
    return true
  }
}

function remember(on: boolean): void {
  try {
    localStorage.setItem(store, on ? 'on' : 'off')
  } catch {
    // A browser that keeps nothing: the choice holds for this page.
  }
}

if (toggle) {
  toggle.checked = remembered()
  toggle.addEventListener('change', () => remember(toggle.checked))
}

const acts: Record<string, () => void> = {
  j: () => go(1),
  k: () => go(-1),
  r: reply,
  q: () =>
    (
      document.querySelector<HTMLElement>('.quote-this') ?? currentPost()?.querySelector<HTMLElement>('[data-quote]')
    )?.click(),
  '?': () => showDialog('keys'),
}

document.addEventListener('keydown', event => {
  const act = acts[event.key]
  if (!act || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  if (toggle && !toggle.checked) return
  const target = event.target as HTMLElement
  if (target.isContentEditable || target.closest('input, textarea, select, dialog, [popover]:popover-open')) return
  event.preventDefault()
  act()
})

/** Posts, and what stands in moderators' lists. */
const item = ':is(article, li)[data-post]'
const posts = () => all(item)

/** The post that has the focus, or else the one at the top of the window. */
function currentPost(): HTMLElement | undefined {
  const focused = document.activeElement?.closest<HTMLElement>(item)
  return focused ?? posts().find(post => post.getBoundingClientRect().bottom > 80)
}

function go(by: number): void {
  const list = posts()
  // A page of one item in a line: its neighbours have pages of their own.
  if (list.length === 0) document.querySelector<HTMLElement>(`[data-line] [rel=${by > 0 ? 'next' : 'prev'}]`)?.click()
  const here = currentPost()
  const started = document.activeElement?.closest(item)
  const at = here ? list.indexOf(here) : -1
  const next = list[started ? at + by : by > 0 ? Math.max(at, 0) : at - 1]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'start' })
}

function reply(): void {
  const box = document.querySelector<HTMLElement>('#reply textarea, #reply [contenteditable]')
  if (box) box.focus()
  else document.querySelector<HTMLElement>('[data-reply]')?.click()
}
