import { all } from './dom.ts'

const segmenter = new Intl.Segmenter()
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[#*\d]\uFE0F?\u20E3/u

/** As a person counts: a flag or a family is one. */
export function countEmoji(text: string): number {
  let found = 0
  for (const { segment } of segmenter.segment(text)) if (emoji.test(segment)) found++
  return found
}

for (const field of all<HTMLTextAreaElement>('textarea[data-max-emoji]')) {
  const max = Number(field.dataset.maxEmoji)
  const notice = field.parentElement?.querySelector<HTMLElement>('[data-emoji-status] > .notice')
  const words = notice?.querySelector<HTMLElement>('[data-emoji-count]')
  if (!notice || !words) continue
  const look = () => {
    const found = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u.test(field.value)
      ? countEmoji(field.value)
      : 0
    const text = found > max ? (words.dataset.emojiCount ?? '').replace('%count%', String(found)) : ''
    if (words.textContent !== text) words.textContent = text
    notice.hidden = found <= max
  }
  field.addEventListener('input', look)
  look()
}
