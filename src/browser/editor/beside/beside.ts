import type { EmojiPlace } from '../emoji/picker.ts'
import { type Dialog, dialogNamed } from './dialog.ts'
import { holdBack } from './holding-back.ts'
import { type Chosen, imageDialog } from './image-dialog.ts'
import { notices, type Say } from './notices.ts'
import { type Limits, type Upload, type Uploads, uploadsTo } from './uploads.ts'

/**
 * What stands beside a text, whether the rich editor or the plain box holds it: tools, notices, dialogs, uploads. Nothing
 * here may need the rich editor, which is a bundle of its own.
 */
export type Beside = {
  /** Holds the bars of tools. */
  readonly top: HTMLElement
  readonly said: HTMLElement
  /** Seen by nobody, read aloud. */
  readonly told: HTMLElement
  readonly keys: HTMLElement
  readonly dialogs: readonly HTMLDialogElement[]
  /** The words of the scripts by their names. */
  readonly words: DOMStringMap
  readonly say: Say
  readonly form: HTMLFormElement | null
  /** Null for who may not upload here. */
  readonly uploads: Uploads | null
  /** A copy of a part of the view `writing/tools`, by its selector. */
  part(selector: string): HTMLElement
  dialog(name: string): Dialog
  /** Asks for a picture; null: none was chosen. */
  askImage(src?: string): Promise<Chosen | null>
  /** Loads what emoji are picked from, and says so when that cannot be. */
  pickEmoji(place: EmojiPlace): void
  /** What is sent or converted waits for what is `standing` in the text and has not arrived. */
  holdBack(standing: () => readonly Upload[], leaveOut: () => void): void
  /** Takes all of it out of the page and ends what is on its way. */
  close(): void
}

/** From the view `writing/tools`, for the box around this field. */
export function openBeside(element: HTMLElement, field: HTMLTextAreaElement, tools: string): Beside {
  const template = document.createElement('template')
  template.innerHTML = tools
  const { content } = template
  const one = (selector: string) => content.querySelector<HTMLElement>(selector) ?? document.createElement('div')
  const words = one('[data-words]').dataset
  const dialogs = [...content.querySelectorAll<HTMLDialogElement>('[data-dialog]')]
  const [top, said, keys] = [one('[data-bars]'), one('[data-said]'), one('[data-keys]')]
  const say = notices(said, content)
  const limits = limitsOf(element)
  const uploads = limits && uploadsTo(limits, wordsFor(limits, words))
  const told = one('[data-told]')
  const endTelling = uploads?.onChange(upload => tellEnd(told, upload, words))
  const dialog = (name: string) => dialogNamed(name, dialogs)
  const pickEmoji = (place: EmojiPlace) => {
    say.hide('no-emoji')
    place.focus()
    import('../emoji/picker.ts')
      .then(({ openEmoji }) => openEmoji(place))
      .catch(() => say.show('no-emoji', () => pickEmoji(place)))
  }
  let endHolding = () => {}
  return {
    ...{ top, said, told, keys, dialogs, words, say, uploads, dialog, pickEmoji, form: field.form },
    part: selector => one(selector).cloneNode(true) as HTMLElement,
    askImage: imageDialog(dialog('image'), limits),
    holdBack(standing, leaveOut) {
      if (uploads) endHolding = holdBack({ element, form: field.form, say, uploads, standing, leaveOut })
    },
    close() {
      endHolding()
      endTelling?.()
      uploads?.stop()
      for (const part of [top, said, told, keys, ...dialogs]) part.remove()
    },
  }
}

function limitsOf({ dataset }: HTMLElement): Limits | null {
  const { uploads: address, uploadKinds: kinds = '', uploadMax } = dataset
  return address ? { address, kinds, most: Number(uploadMax ?? 0) } : null
}

function wordsFor({ most }: Limits, words: DOMStringMap) {
  const unit = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 } as const
  const size = new Intl.NumberFormat(document.documentElement.lang || 'en', unit).format(most / 2 ** 20)
  return {
    failed: words.failed ?? '',
    tooLarge: (words.tooLarge ?? '').replace('%most%', size),
    cancelled: words.cancelled ?? '',
  }
}

/** For those who do not see it: that one has arrived, or why not. */
function tellEnd(place: HTMLElement, { name, kept, error }: Upload, words: DOMStringMap): void {
  if (kept) place.textContent = (words.uploaded ?? '').replace('%name%', name)
  else if (error !== null) place.textContent = `${name}: ${error}`
}
