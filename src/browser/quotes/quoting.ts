import type { Format } from '../editor/convert.ts'
import { gathering } from './gathered.ts'
import { selectedPart } from './selected-part.ts'

// Nothing here comes from a module of main.ts, which would become a file of its own.

/** The box for the reply, as far as quotes need it. */
export type Box = {
  readonly wanted: Format
  add(text: string, format: Format): Promise<void>
}

export type Quoting = {
  /** Takes up the post of this "+", or lets go of it. */
  toggle(button: HTMLElement): void
  /** Puts posts, or words of one, into the box as quotes; false: that did not work, which has been said. */
  insert(posts: readonly string[], words?: string): Promise<boolean>
  /** Brings "Quote this" to what is selected now, or takes it away. */
  followSelection(): void
}

/** `say` shows words for a moment; `store` is the name of the list of posts in this tab. */
export function startQuoting(
  box: Box,
  bar: HTMLElement,
  { store, say }: { store: string; say: (words: string) => void },
): Quoting {
  const words = bar.dataset
  const insert = async (posts: readonly string[], part?: string) => {
    try {
      const format = box.wanted
      await box.add(await fetchQuotes(posts, part, format), format)
      return true
    } catch (error) {
      say((error instanceof Refused && error.message) || (words.failed ?? ''))
      return false
    }
  }
  const { toggle } = gathering(bar, { store, say, insert: posts => insert(posts) })
  return { toggle, insert, followSelection: quoteButton(words.this ?? '', insert) }
}

/** What the forum says about why not. */
class Refused extends Error {}

async function fetchQuotes(posts: readonly string[], words: string | undefined, format: Format): Promise<string> {
  const body = new URLSearchParams({ posts: posts.join(), format, ...(words === undefined ? {} : { words }) })
  const answer = await fetch('/compose/quotes', { method: 'post', body })
  const said = await answer.json()
  if (!answer.ok) throw new Refused(said.reason ?? '')
  return said.body
}

/** Milliseconds for which a selection has to rest. */
const rest = 200

function quoteButton(text: string, insert: Quoting['insert']): () => void {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'quote-this button small primary', textContent: text })
  let waiting: ReturnType<typeof setTimeout> | undefined
  // The selection stays while the button is pressed.
  button.addEventListener('pointerdown', event => event.preventDefault())
  button.addEventListener('click', async () => {
    const part = selectedPart()
    button.remove()
    if (part && (await insert([part.post], part.html))) getSelection()?.removeAllRanges()
  })
  const show = () => {
    const part = selectedPart()
    if (!part) return button.remove()
    part.prose.after(button)
    const frame = (button.offsetParent ?? document.body).getBoundingClientRect()
    const left = Math.min(part.end.right - button.offsetWidth / 2, frame.right - button.offsetWidth - 8)
    button.style.insetBlockStart = `${part.end.bottom - frame.top + 8}px`
    button.style.left = `${Math.max(8, left - frame.left)}px`
  }
  return () => {
    clearTimeout(waiting)
    waiting = setTimeout(show, rest)
  }
}
