import type { Editor } from '@tiptap/core'
import Picker from 'emoji-picker-element/picker.js'
import { noteEmoji, recentEmoji } from './recent.ts'

let panel: Promise<Panel> | undefined

/** Lets somebody pick an emoji, which comes into the text; then they are back in it. */
export async function openEmoji(editor: Editor): Promise<void> {
  panel ??= fetchPanel()
  panel.catch(() => {
    panel = undefined
  })
  const { open } = await panel
  open(editor)
}

interface Panel {
  open(editor: Editor): void
}

async function fetchPanel(): Promise<Panel> {
  const answer = await fetch('/compose/emoji')
  const template = document.createElement('template')
  template.innerHTML = answer.ok ? await answer.text() : ''
  const element = template.content.querySelector<HTMLElement>('[data-emoji-panel]')
  if (!element) throw new Error(`no emoji: ${answer.status}`)
  const { source = '', words = '{}' } = element.dataset
  const picker = new Picker({ dataSource: source, i18n: JSON.parse(words) })
  showRecentOnce(picker)
  element.append(picker)
  document.body.append(element)
  return panelOf(element, picker)
}

/** What the picker itself has of the kind are those picked most. */
function showRecentOnce({ shadowRoot }: Picker): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('.favorites { display: none }')
  shadowRoot?.adoptedStyleSheets.push(sheet)
}

function panelOf(element: HTMLElement, picker: Picker): Panel {
  const recent = element.querySelector<HTMLElement>('[data-recent]')
  let writing: Editor | null = null

  const take = (emoji: string | undefined) => {
    if (!emoji || !writing) return
    writing.view.dispatch(writing.state.tr.insertText(emoji).scrollIntoView())
    noteEmoji(emoji)
    element.hidePopover()
    writing.view.focus()
  }
  picker.addEventListener('emoji-click', ({ detail }) => take(detail.unicode))
  recent?.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLButtonElement) take(target.textContent ?? '')
  })
  element.addEventListener('toggle', event => {
    const isOpen = (event as ToggleEvent).newState === 'open'
    if (writing) buttonOf(writing)?.setAttribute('aria-expanded', String(isOpen))
  })
  return {
    open(editor) {
      writing = editor
      if (recent) showRecent(recent)
      element.showPopover()
      placeUnder(element, buttonOf(editor))
      // On a phone the keyboard would cover what is to be chosen from.
      if (matchMedia('(pointer: fine)').matches) picker.shadowRoot?.querySelector<HTMLElement>('input')?.focus()
      else (recent?.querySelector('button') ?? element).focus()
    },
  }
}

function buttonOf(editor: Editor): HTMLElement | null | undefined {
  return editor.view.dom.closest('text-editor')?.querySelector<HTMLElement>('[data-tool="emoji"]')
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
