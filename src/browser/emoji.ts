import { countEmoji, hasMoreEmoji } from '../content/text/emoji.ts'
import { all } from './dom.ts'

/** "Only 75 emoji are allowed.": said while one types, by the same count as when it is sent. */
for (const field of all<HTMLTextAreaElement>('textarea[data-max-emoji]')) {
  const most = Number(field.dataset.maxEmoji)
  const notice = field.parentElement?.querySelector<HTMLElement>('[data-emoji-status] > .notice')
  const words = notice?.querySelector<HTMLElement>('[data-emoji-count]')
  if (!notice || !words) continue
  const look = () => {
    const tooMany = hasMoreEmoji(field.value, most)
    const count = tooMany ? String(countEmoji(field.value)) : ''
    words.textContent = tooMany ? (words.dataset.emojiCount ?? '').replace('%count%', count) : ''
    notice.hidden = !tooMany
  }
  field.addEventListener('input', look)
  look()
}
