import type { Editor } from '@tiptap/core'
import { languages } from '../schema/code.ts'

/** The language of the block of code in which the caret is. Returns what shows it. */
export function languageChoice(editor: Editor, bars: readonly HTMLElement[]): () => void {
  const choice = bars.map(bar => bar.querySelector<HTMLSelectElement>('[data-language]')).find(Boolean)
  if (!choice) return () => {}
  for (const [value, text] of languages) choice.append(new Option(text, value))
  choice.addEventListener('change', () => {
    editor.commands.updateAttributes('codeBlock', { language: choice.value || null })
    editor.view.focus()
  })
  return () => {
    const language: string = editor.getAttributes('codeBlock').language ?? ''
    const isKnown = [...choice.options].some(option => option.value === language)
    if (!isKnown) choice.append(new Option(language, language))
    choice.value = language
  }
}
