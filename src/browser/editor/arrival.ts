import { convert, type Format } from './convert.ts'
import type { Host, openRichEditor, RichEditor } from './rich-editor.ts'

/** Milliseconds. Whoever has waited longer goes on in the plain box. */
const patience = 5000

let parts: Promise<{ open: typeof openRichEditor; tools: string }> | undefined

/** The editor's code, words and style, each fetched once for a page. */
function loadParts(style: string) {
  parts ??= Promise.all([import('./rich-editor.ts'), fetchTools(), loadStyle(style)]).then(([module, tools]) => ({
    open: module.openRichEditor,
    tools,
  }))
  parts.catch(() => {
    parts = undefined
  })
  return parts
}

async function fetchTools(): Promise<string> {
  const answer = await fetch('/compose/tools')
  if (!answer.ok) throw new Error(`no tools: ${answer.status}`)
  return answer.text()
}

function loadStyle(href: string): Promise<unknown> {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href })
  return new Promise((resolve, reject) => {
    link.addEventListener('load', resolve)
    link.addEventListener('error', () => {
      link.remove()
      reject(new Error('no style'))
    })
    document.head.append(link)
  })
}

/**
 * The editor in the place of the plain box, with its text, caret and focus; never in the middle of a composed character.
 * Null when it came too late or `isWanted` no more: then the box is left as it is. Throws when it cannot be loaded.
 */
export async function arrive(
  box: Omit<Host, 'tools'> & { readonly format: HTMLInputElement },
  isWanted: () => boolean,
): Promise<RichEditor | null> {
  const { field, format } = box
  let isLate = false
  const late = new Promise<null>(resolve => {
    setTimeout(() => {
      isLate = true
      resolve(null)
    }, patience)
  })
  const loading = loadParts(box.element.dataset.style ?? '')
  const loaded = await Promise.race([loading, late])
  if (!loaded) return null
  for (;;) {
    const source = field.value
    const typed = format.value === 'html' ? source : convert(source, 'markdown' satisfies Format)
    const html = await Promise.race([typed, late])
    await Promise.race([composed(field), late])
    if (html === null || isLate || !isWanted()) return null
    if (field.value === source) return loaded.open({ ...box, tools: loaded.tools }, html)
  }
}

const composing = new WeakSet<EventTarget>()
document.addEventListener('compositionstart', ({ target }) => target && composing.add(target), true)
document.addEventListener('compositionend', ({ target }) => target && composing.delete(target), true)

/** When no character is being put together in this field (any more). */
function composed(field: HTMLTextAreaElement): Promise<unknown> {
  if (!composing.has(field)) return Promise.resolve()
  // What the character becomes is in the field only after the event.
  return new Promise(resolve => field.addEventListener('compositionend', () => setTimeout(resolve, 0), { once: true }))
}
