import type { Say } from './notices.ts'
import type { Upload, Uploads } from './uploads.ts'

type Held = {
  readonly element: HTMLElement
  readonly form: HTMLFormElement | null
  readonly say: Say
  readonly uploads: Uploads
  /** What stands in the text and has not arrived. */
  standing(): readonly Upload[]
  /** Takes that out of the text. */
  leaveOut(): void
}

/**
 * While files are on their way into a text it is neither sent nor converted; that happens by itself when they have
 * arrived, or at once for whoever does without them. Returns what ends it.
 */
export function holdBack({ element, form, say, uploads, standing, leaveOut }: Held): () => void {
  const ending = new AbortController()
  const { signal } = ending
  let next: (() => void) | null = null
  let isLetThrough = false
  let said: 'on-the-way' | 'not-uploaded' | null = null

  const look = () => {
    if (!next) return
    const left = standing()
    const now = left.length === 0 ? null : left.every(({ error }) => error !== null) ? 'not-uploaded' : 'on-the-way'
    if (now === said) return
    const before = said
    said = now
    say.hide('on-the-way')
    say.hide('not-uploaded')
    if (now) say.show(now, () => goOn(true), { onDismiss: stay })
    // Who takes out what failed may want something else in its place.
    else if (before === 'not-uploaded') stay()
    else goOn()
  }
  const stay = () => {
    next = null
    said = null
  }
  const goOn = (without = false) => {
    const act = next
    stay()
    if (without) leaveOut()
    isLetThrough = true
    act?.()
    isLetThrough = false
  }
  const hold = (event: Event, act: () => void) => {
    if (isLetThrough || standing().length === 0) return
    event.preventDefault()
    event.stopImmediatePropagation()
    next = act
    said = null
    look()
  }

  form?.addEventListener('submit', event => hold(event, () => form.requestSubmit(event.submitter)), { signal })
  const press = (event: Event) => {
    const button = event.target instanceof Element && event.target.closest<HTMLElement>('button[data-mode]')
    if (button) hold(event, () => button.click())
  }
  element.addEventListener('click', press, { signal, capture: true })
  for (const change of ['text-change', 'input'])
    element.addEventListener(change, () => queueMicrotask(look), { signal })
  const endHearing = uploads.onChange(() => queueMicrotask(look))
  return () => {
    ending.abort()
    endHearing()
  }
}
