import type { NodeViewRenderer } from '@tiptap/core'
import { closeHistory } from '@tiptap/pm/history'
import type { Node } from '@tiptap/pm/model'
import { Selection } from '@tiptap/pm/state'
import type { EditorView, NodeView } from '@tiptap/pm/view'
import type { Beside } from '../beside/beside.ts'
import type { Upload } from '../beside/uploads.ts'
import { isOwn } from '../schema/image.ts'

/** Pixels of the height of a picture; a higher one is made smaller, so that the text around it is seen. */
const highest = 416

type Place = () => number | undefined

/** A picture as it stands in the editor: with its progress, then with the question what it shows. */
export function pictureView(beside: Beside): NodeViewRenderer {
  return ({ node, view, getPos }) => new PictureView(beside, node, view, getPos)
}

class PictureView implements NodeView {
  readonly dom: HTMLElement
  readonly #beside: Beside
  readonly #view: EditorView
  readonly #place: Place
  #node: Node
  readonly #endHearing: (() => void) | undefined

  constructor(beside: Beside, node: Node, view: EditorView, place: Place) {
    this.dom = beside.part('[data-picture]')
    this.dom.hidden = false
    this.#beside = beside
    this.#view = view
    this.#place = place
    this.#node = node
    this.#endHearing = beside.uploads?.onChange(upload => upload.id === this.#node.attrs.upload && this.#showSending())
    this.#listen()
    this.#show()
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false
    const isOther = node.attrs !== this.#node.attrs
    this.#node = node
    if (isOther) this.#show()
    return true
  }

  selectNode(): void {
    this.dom.classList.add('ProseMirror-selectednode')
  }

  deselectNode(): void {
    this.dom.classList.remove('ProseMirror-selectednode')
  }

  /** What happens in its own fields and buttons is none of the text's business. */
  stopEvent({ target }: Event): boolean {
    return target instanceof Element && target.closest('input, button') !== null
  }

  ignoreMutation(): boolean {
    return true
  }

  destroy(): void {
    this.#endHearing?.()
  }

  #part<E extends HTMLElement = HTMLElement>(selector: string): E {
    return this.dom.querySelector<E>(selector) as E
  }

  get #alt(): HTMLInputElement {
    return this.#part('[data-about] input')
  }

  #listen(): void {
    this.#alt.addEventListener('change', () => this.#describe())
    this.#alt.addEventListener('keydown', event => this.#onKey(event))
    // A field within what can be dragged cannot be marked by mouse.
    this.dom.addEventListener('focusin', () => this.dom.removeAttribute('draggable'))
    this.dom.addEventListener('focusout', () => {
      this.dom.draggable = true
    })
    this.#part('[data-again]').addEventListener('click', () => this.#beside.uploads?.again(this.#node.attrs.upload))
    for (const button of this.dom.querySelectorAll('[data-cancel]')) {
      button.addEventListener('click', () => this.#remove())
    }
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      this.#describe()
      const { form } = this.#beside
      form?.requestSubmit(form.querySelector<HTMLElement>('[data-send]'))
    } else if (event.key === 'Enter' || event.key === 'Escape') this.#leave(event)
  }

  #leave(event: KeyboardEvent): void {
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') this.#alt.value = this.#node.attrs.alt
    this.#describe()
    this.#goOn()
  }

  /** Leaves the caret behind the picture. */
  #goOn(): void {
    const pos = this.#place()
    if (pos === undefined) return
    this.#view.focus()
    const { tr } = this.#view.state
    this.#view.dispatch(tr.setSelection(Selection.near(tr.doc.resolve(pos + 1))).scrollIntoView())
  }

  #describe(): void {
    const pos = this.#place()
    const alt = this.#alt.value.trim()
    if (pos === undefined || alt === this.#node.attrs.alt) return
    this.#view.dispatch(closeHistory(this.#view.state.tr).setNodeAttribute(pos, 'alt', alt))
  }

  #remove(): void {
    const pos = this.#place()
    const { upload, src } = this.#node.attrs
    if (pos !== undefined) this.#view.dispatch(closeHistory(this.#view.state.tr).delete(pos, pos + 1))
    if (upload && !src) this.#beside.uploads?.cancel(upload)
    this.#view.focus()
  }

  #show(): void {
    const { src, alt, file, width, height } = this.#node.attrs
    const isShown = src !== null && file === null
    this.#part('[data-sending]').hidden = src !== null
    this.#part('[data-file]').hidden = file === null
    this.#part('[data-file] span').textContent = file ?? ''
    this.#part('[data-elsewhere]').hidden = !isShown || isOwn(src)
    this.#part('[data-about]').hidden = !isShown
    this.dom.classList.toggle('undescribed', isShown && alt === '')
    if (document.activeElement !== this.#alt) this.#alt.value = alt
    if (src === null) this.#showSending()
    else if (isShown && isOwn(src)) this.#showPicture({ src, alt, width, height })
    else if (isShown) this.#part('[data-host]').textContent = this.#wordsFor('elsewhere', '%host%', hostOf(src))
  }

  #showPicture({ src, alt, width, height }: Record<string, string | number | null>): void {
    const image = this.#part<HTMLImageElement>('img')
    image.hidden = false
    image.alt = String(alt ?? '')
    // Its room is there before it is, so that nothing moves when it comes.
    const part = Math.min(1, highest / Number(height))
    for (const [name, pixels] of Object.entries({ width, height })) {
      if (Number(pixels) > 0) image.setAttribute(name, String(Math.round(Number(pixels) * part)))
      else image.removeAttribute(name)
    }
    const shown = `${src}?size=display`
    if (image.getAttribute('src') !== shown) image.src = shown
  }

  #showSending(): void {
    const upload = this.#beside.uploads?.find(this.#node.attrs.upload)
    if (!upload || this.#node.attrs.src) return
    const { name, part, error, canTryAgain }: Upload = upload
    const progress = this.#part<HTMLProgressElement>('progress')
    this.#part('[data-sending]').classList.toggle('failed', error !== null)
    this.#part('[data-name]').textContent = name
    this.#part('[data-error]').textContent = error ?? ''
    this.#part('[data-again]').hidden = error === null || !canTryAgain
    progress.hidden = error !== null
    progress.ariaLabel = this.#wordsFor('uploading', '%name%', name)
    // All of it has arrived, and the forum is busy with it.
    if (part < 1) progress.value = part
    else progress.removeAttribute('value')
  }

  #wordsFor(name: string, place: string, words: string): string {
    return (this.#beside.words[name] ?? '').replace(place, words)
  }
}

function hostOf(src: string): string {
  return URL.parse(src)?.hostname ?? ''
}
