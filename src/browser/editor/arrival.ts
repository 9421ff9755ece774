import { convert, type Format } from './convert.ts'
import type { Host, RichEditor } from './rich-editor.ts'

/** Milliseconds. Whoever has waited longer goes on in the plain box. */
const patience = 5000

const loaded = new Map<string, Promise<unknown>>()

/** Loads something once for a page; what could not be loaded is tried again. */
function once<T>(name: string, load: () => Promise<T>): Promise<T> {
  const loading = (loaded.get(name) as Promise<T> | undefined) ?? load()
  loaded.set(name, loading)
  loading.catch(() => loaded.delete(name))
  return loading
}

/** What stands beside the text, rich or plain: code and words. */
const loadBeside = () => once('beside', () => Promise.all([import('./beside/index.ts'), fetchTools()]))

/** The editor's code, words and style. */
const loadParts = (style: string) =>
  once('rich', () => Promise.all([import('./rich-editor.ts'), loadBeside(), loadStyle(style)]))

/** Files and pictures for those who write in the plain box. Without them it is a plain field, with one for files. */
export function helpPlain(element: HTMLElement): void {
  loadBeside()
    .then(([{ plainBox }, tools]) => plainBox(element, tools))
    .then(
      () => delete element.dataset.alone,
      () => {
        element.dataset.alone = ''
      },
    )
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
  box: Omit<Host, 'beside'> & { readonly format: HTMLInputElement },
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
  const parts = await Promise.race([loading, late])
  if (!parts) return null
  const [{ openRichEditor }, [{ openBeside }, tools]] = parts
  for (;;) {
    const source = field.value
    const typed = format.value === 'html' ? source : convert(source, 'markdown' satisfies Format)
    const html = await Promise.race([typed, late])
    await Promise.race([composed(field), late])
    if (html === null || isLate || !isWanted()) return null
    if (field.value === source) {
      return openRichEditor({ ...box, beside: openBeside(box.element, field, tools) }, html)
    }
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
