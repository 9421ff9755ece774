import { type Beside, openBeside } from './beside.ts'
import { plainText } from './plain-text.ts'
import type { Upload } from './uploads.ts'

const done = new WeakSet<Element>()

/** Files and pictures for those who write Markdown: by a button, by dropping and by pasting. */
export function plainBox(element: HTMLElement, tools: string): void {
  const field = element.querySelector('textarea')
  if (!field || done.has(element)) return
  done.add(element)
  const beside = openBeside(element, field, tools)
  const text = plainText(field)
  field.after(beside.said, beside.told)
  const buttons = beside.part('[data-plain-tools]')
  const emojiButton = buttons.querySelector<HTMLElement>('[data-plain-emoji]')
  element.querySelector('[data-modes]')?.before(buttons)
  buttons.querySelector('[data-plain-image]')?.addEventListener('click', () => void askImage())
  emojiButton?.addEventListener('click', () =>
    beside.pickEmoji({
      insert(emoji) {
        field.focus()
        text.insert(emoji)
      },
      focus: () => field.focus(),
      button: () => emojiButton,
    }),
  )

  const askImage = async (src?: string) => {
    // While the rich editor stands here, too, its fields have the same ids.
    const { element: dialog } = beside.dialog('image')
    document.body.append(dialog)
    const chosen = await beside.askImage(src)
    dialog.remove()
    field.focus()
    if (!chosen) return
    if ('files' in chosen) upload(chosen.files)
    else text.insert(`![${plainAlt(chosen.alt)}](${chosen.src})`)
  }

  const upload = (files: readonly File[]) => {
    const { uploads, words } = beside
    if (!uploads) return
    for (const file of files) {
      const one = uploads.add(file)
      text.hold(one.id, (words.uploading ?? '').replace('%name%', plainAlt(one.name)), file !== files[0])
      beside.said.before(row(beside, one, text))
    }
  }

  const take = (event: Event, data: DataTransfer | null) => {
    const files = [...(data?.files ?? [])]
    if (files.length === 0 || (event.type === 'paste' && data?.getData('text/plain'))) return
    event.preventDefault()
    if (beside.uploads) return upload(files)
    const isImage = files.some(({ type }) => type.startsWith('image/'))
    beside.say.show(isImage ? 'images' : 'files', () => void askImage())
  }
  field.addEventListener('paste', event => take(event, event.clipboardData))
  field.addEventListener('drop', event => {
    if (event.dataTransfer?.files.length) moveCaret(field, event)
    take(event, event.dataTransfer)
  })
  field.form?.addEventListener('formdata', ({ formData }) => {
    const typed = formData.get(field.name)
    if (typeof typed === 'string' && !('rich' in element.dataset)) formData.set(field.name, text.without(typed))
  })
  const standing = () => text.held().flatMap(id => beside.uploads?.find(id) ?? [])
  beside.holdBack(standing, () => {
    for (const { id } of standing()) {
      beside.uploads?.cancel(id)
      text.release(id, '')
    }
  })
}

/** To where something was let go. */
function moveCaret(field: HTMLTextAreaElement, { clientX, clientY }: MouseEvent): void {
  // Not every browser can say.
  const at = document.caretPositionFromPoint?.(clientX, clientY)
  field.focus()
  if (at?.offsetNode === field) field.setSelectionRange(at.offset, at.offset)
}

type PlainText = ReturnType<typeof plainText>

/** How far one file has come; then what it shows is asked for. */
function row(beside: Beside, { id, name }: Upload, text: PlainText): HTMLElement {
  const element = beside.part('[data-plain-upload] > .notice')
  const part = <E extends HTMLElement>(selector: string) => element.querySelector<E>(selector) as E
  const { words, uploads } = beside
  const progress = part<HTMLProgressElement>('progress')
  const again = part('[data-again]')
  progress.ariaLabel = (words.uploading ?? '').replace('%name%', name)
  part('[data-name]').textContent = name
  const end = () => {
    element.remove()
    stopHearing?.()
  }
  const show = ({ part: sent, error, kept, canTryAgain }: Upload) => {
    progress.hidden = error !== null || kept !== null
    element.classList.toggle('warning', error !== null)
    if (sent < 1) progress.value = sent
    else progress.removeAttribute('value')
    part('[data-error]').textContent = error ?? ''
    again.hidden = error === null || !canTryAgain
    if (!kept) return
    const isImage = kept.kind === 'image'
    text.release(id, isImage ? `![](${kept.src})` : `[${plainAlt(kept.name)}](${kept.src})`)
    if (!isImage) return end()
    const alt = part<HTMLInputElement>('[data-alt]')
    alt.hidden = false
    alt.addEventListener('change', () => text.describe(kept.src, plainAlt(alt.value)))
  }
  const stopHearing = uploads?.onChange(upload => upload.id === id && show(upload))
  again.addEventListener('click', () => uploads?.again(id))
  part('[data-cancel]').addEventListener('click', () => {
    end()
    uploads?.cancel(id)
    text.release(id, '')
    element.parentElement?.querySelector('textarea')?.focus()
  })
  const now = uploads?.find(id)
  if (now) show(now)
  return element
}

/** What would end the words of a picture or a link. */
function plainAlt(words: string): string {
  return words.replace(/[[\]\\\r\n]+/g, ' ').trim()
}
