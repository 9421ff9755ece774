import { countEmoji, hasMoreEmoji } from '../content/text/emoji.ts'
import { all } from './dom.ts'

/** "Only 75 emoji are allowed.": said while one types, by the same count as when it is sent. */
export function checkEmoji(box: Element, text: string): void {
  const most = Number(box.querySelector<HTMLElement>('[data-max-emoji]')?.dataset.maxEmoji)
  const notice = box.querySelector<HTMLElement>('[data-emoji-status] > .notice')
  const words = notice?.querySelector<HTMLElement>('[data-emoji-count]')
  if (!notice || !words) return
  const tooMany = hasMoreEmoji(text, most)
  const count = tooMany ? String(countEmoji(text)) : ''
  words.textContent = tooMany ? (words.dataset.emojiCount ?? '').replace('%count%', count) : ''
  notice.hidden = !tooMany
}

for (const field of all<HTMLTextAreaElement>('textarea[data-max-emoji]')) {
  const box = field.parentElement
  if (!box) continue
  field.addEventListener('input', () => checkEmoji(box, field.value))
  checkEmoji(box, field.value)
}

/** Not sent while it is true; taking the text along to sign in is fine. */
document.addEventListener('submit', event => {
  const form = event.target as HTMLFormElement
  const notice = form.querySelector<HTMLElement>('[data-emoji-status] > .notice:not([hidden])')
  if (!notice || event.submitter?.hasAttribute('formnovalidate')) return
  event.preventDefault()
  notice.scrollIntoView({ block: 'nearest' })
  notice.closest('text-editor')?.querySelector<HTMLElement>('[contenteditable], textarea')?.focus()
})
