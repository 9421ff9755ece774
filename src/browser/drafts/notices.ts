import { write } from '../times.ts'
import { type Copy, wordsOf } from './copy.ts'

type Name = 'restored' | 'cleared' | 'both'

/** Shows one of the notices below the field, or none. */
export function show(root: Element, name: Name | null): void {
  for (const notice of root.children) {
    if (notice instanceof HTMLElement) notice.hidden = !name || !notice.matches(`[data-${name}]`)
  }
}

/** Answers the buttons of the notices by the names of their data attributes. */
export function onButtons(root: Element, acts: Record<string, () => unknown>): void {
  root.addEventListener('click', ({ target }) => {
    const button = target instanceof Element && target.closest('button')
    if (!button) return
    for (const name of Object.keys(button.dataset)) acts[name]?.()
  })
}

/** When and how long each of two texts is, and how the other one begins. */
export function describe(root: Element, mine: Copy, other: Copy): void {
  line(root.querySelector('[data-mine]'), mine)
  const place = root.querySelector('[data-other]')
  line(place, other)
  const words = place?.querySelector('[data-words]')
  if (words) words.textContent = excerpt([other.title, wordsOf(other)].filter(Boolean).join(' · '))
}

function line(place: Element | null, copy: Copy): void {
  const time = place?.querySelector('time')
  const length = place?.querySelector<HTMLElement>('[data-length]')
  if (!time || !length) return
  time.dateTime = new Date(copy.at).toISOString()
  write(time)
  length.textContent = (length.dataset.length ?? '').replace('%count%', String(wordsOf(copy).trim().length))
}

function excerpt(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim()
  return words.length > 140 ? `${words.slice(0, 140)}…` : words
}
