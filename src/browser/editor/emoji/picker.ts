import Picker from 'emoji-picker-element/picker.js'
import { noteEmoji, recentEmoji } from './recent.ts'

/** A text, rich or plain, into which emoji come. */
export interface EmojiPlace {
  insert(emoji: string): void
  focus(): void
  /** Beside which they are picked. */
  button(): HTMLElement | null | undefined
}

let panel: Promise<Panel> | undefined

/** Lets somebody pick an emoji, which comes into the text; then they are back in it. */
export async function openEmoji(place: EmojiPlace): Promise<void> {
  panel ??= fetchPanel()
  panel.catch(() => {
    panel = undefined
  })
  const { open } = await panel
  open(place)
}

interface Panel {
  open(place: EmojiPlace): void
}

async function fetchPanel(): Promise<Panel> {
  const answer = await fetch('/compose/emoji')
  const template = document.createElement('template')
  template.innerHTML = answer.ok ? await answer.text() : ''
  const element = template.content.querySelector<HTMLElement>('[data-emoji-panel]')
  if (!element) throw new Error(`no emoji: ${answer.status}`)
  const { source = '', words = '{}', style = '' } = element.dataset
  await loadStyle(style)
  const picker = new Picker({ dataSource: source, i18n: JSON.parse(words) })
  showRecentOnce(picker)
  element.append(picker)
  document.body.append(element)
  return panelOf(element, picker)
}

function loadStyle(href: string): Promise<unknown> {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href })
  return new Promise((resolve, reject) => {
    link.addEventListener('load', resolve)
    link.addEventListener('error', reject)
    document.head.append(link)
  })
}

/** What the picker itself has of the kind are those picked most. */
function showRecentOnce({ shadowRoot }: Picker): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('.favorites { display: none }')
  shadowRoot?.adoptedStyleSheets.push(sheet)
}

function panelOf(element: HTMLElement, picker: Picker): Panel {
  const recent = element.querySelector<HTMLElement>('[data-recent]')
  let place: EmojiPlace | null = null

  const take = (emoji: string | undefined) => {
    if (!emoji || !place) return
    place.insert(emoji)
    noteEmoji(emoji)
    element.hidePopover()
    place.focus()
  }
  picker.addEventListener('emoji-click', ({ detail }) => take(detail.unicode))
  recent?.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLButtonElement) take(target.textContent ?? '')
  })
  element.addEventListener('toggle', event => {
    const isOpen = (event as ToggleEvent).newState === 'open'
    place?.button()?.setAttribute('aria-expanded', String(isOpen))
  })
  return {
    open(wanted) {
      place = wanted
      if (recent) showRecent(recent)
      element.showPopover()
      placeUnder(element, place.button())
      // On a phone the keyboard would cover what is to be chosen from.
      if (matchMedia('(pointer: fine)').matches) picker.shadowRoot?.querySelector<HTMLElement>('input')?.focus()
      else (recent?.querySelector('button') ?? element).focus()
    },
  }
}

function showRecent(place: HTMLElement): void {
  const buttons = recentEmoji().map(emoji =>
    Object.assign(document.createElement('button'), { type: 'button', textContent: emoji }),
  )
  place.replaceChildren(...buttons)
  place.hidden = buttons.length === 0
}

/** A phone shows it at its lower end, as the style says. Elsewhere it stands where there is room beside its button. */
function placeUnder(element: HTMLElement, button: HTMLElement | null | undefined): void {
  const at = button?.getBoundingClientRect()
  if (!at) return
  const { offsetWidth: width, offsetHeight: height } = element
  const left = Math.max(8, Math.min(at.left, innerWidth - width - 8))
  const top = at.bottom + height + 12 <= innerHeight ? at.bottom + 4 : Math.max(8, at.top - height - 4)
  element.style.setProperty('--panel-left', `${left}px`)
  element.style.setProperty('--panel-top', `${top}px`)
}
