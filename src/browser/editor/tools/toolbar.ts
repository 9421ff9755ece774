import type { Editor } from '@tiptap/core'
import { acts } from './acts.ts'
import { folding } from './folding.ts'
import { languageChoice } from './language.ts'
import { roving } from './roving.ts'

type Dialogs = Readonly<Record<'link' | 'image' | 'emoji', (editor: Editor) => void>>

/** The buttons over the text: what they do, and how they show what is on. Returns what lets go of the page again. */
export function toolbar(editor: Editor, bars: readonly HTMLElement[], dialogs: Dialogs): () => void {
  const [main] = bars
  const buttons = bars.flatMap(bar => [...bar.querySelectorAll<HTMLButtonElement>('[data-tool]')])
  const back = () => editor.view.focus()
  folding(bars)
  for (const bar of bars) roving(bar, back)
  for (const button of bars.flatMap(bar => [...bar.querySelectorAll('button')])) describe(button)
  const showLanguage = languageChoice(editor, bars)

  const press = (event: Event) => {
    const button = event.target instanceof Element && event.target.closest<HTMLElement>('[data-tool]')
    if (button && button.ariaDisabled !== 'true') start(button.dataset.tool ?? '')
  }
  const start = (name: string) => {
    // A browser tells of what was selected a moment later; it has to be known now.
    document.dispatchEvent(new Event('selectionchange'))
    if (name === 'link' || name === 'image' || name === 'emoji') return dialogs[name](editor)
    acts[name]?.act(editor)
    editor.view.focus()
  }
  // The caret stays in the text, and on a phone the keyboard stays open.
  const keepFocus = (event: Event) => {
    if (event.target instanceof Element && event.target.closest('button')) event.preventDefault()
  }
  for (const bar of bars) {
    bar.addEventListener('mousedown', keepFocus)
    bar.addEventListener('click', press)
  }

  const show = () => {
    for (const bar of bars) if (bar.dataset.tools) bar.hidden = !isAbout(editor, bar.dataset.tools)
    for (const button of buttons) {
      const act = acts[button.dataset.tool ?? '']
      if (act?.isOn) button.ariaPressed = String(act.isOn(editor))
      if (act?.can) button.ariaDisabled = String(!act.can(editor))
    }
    showLanguage()
  }
  const reach = (event: KeyboardEvent) => {
    if (event.key === 'F10' && event.altKey) {
      event.preventDefault()
      main?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
    } else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault()
      start('link')
    }
  }
  const { dom } = editor.view
  dom.addEventListener('keydown', reach)
  editor.on('transaction', show)
  show()
  return () => dom.removeEventListener('keydown', reach)
}

function isAbout(editor: Editor, bar: string): boolean {
  return editor.isActive(bar === 'code' ? 'codeBlock' : bar)
}

/** What a button is called is seen when it is pointed at, with the keys that do the same. */
function describe(button: HTMLElement): void {
  if (!button.ariaLabel) return
  const keys = button.getAttribute('aria-keyshortcuts')
  const isMac = /Mac|iP/.test(navigator.platform)
  const shown = keys?.replace('Control', isMac ? '⌘' : 'Ctrl')
  button.title = shown ? `${button.ariaLabel} (${shown})` : button.ariaLabel
}
