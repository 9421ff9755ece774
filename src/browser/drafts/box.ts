import type { TextEditor } from '../editor/text-editor.ts'
import { type Copy, copyOf, saysTheSame } from './copy.ts'

/** The form in which something is typed, with its title if it has one. */
export class Box {
  readonly form: HTMLFormElement
  readonly #editor: TextEditor
  /** What stands there when nobody has typed anything: nothing, or the post's own text. */
  readonly #empty: Copy

  constructor(form: HTMLFormElement, editor: TextEditor, isFresh: boolean) {
    this.form = form
    this.#editor = editor
    const title = this.#title?.defaultValue ?? ''
    const body = this.#field?.defaultValue ?? ''
    const prefix = this.#prefix?.querySelector<HTMLOptionElement>('[selected]')?.value ?? ''
    const text = isFresh ? { title, prefix, body } : { title: '', prefix: '', body: '' }
    this.#empty = { ...text, format: 'markdown', at: 0 }
  }

  get #title(): HTMLInputElement | null {
    return this.form.querySelector('input[name=title]')
  }

  get #prefix(): HTMLSelectElement | null {
    return this.form.querySelector('select[name=prefix]')
  }

  get #field(): HTMLTextAreaElement | null {
    return this.#editor.querySelector('textarea')
  }

  read(): Copy {
    return copyOf(this.form)
  }

  isEmpty(copy = this.read()): boolean {
    return saysTheSame(copy, this.#empty)
  }

  put({ title, prefix, body, format }: Copy): void {
    if (this.#title) this.#title.value = title
    if (this.#prefix) this.#prefix.value = prefix
    this.#editor.put(body, format)
  }

  /** As if nobody had typed anything; what stood there. */
  clear(): Copy {
    const copy = this.read()
    this.put(this.#empty)
    return copy
  }

  focus(): void {
    this.#editor.querySelector<HTMLElement>('[contenteditable], textarea')?.focus()
  }

  onTyping(act: () => void): void {
    this.form.addEventListener('input', act)
    this.#editor.addEventListener('text-change', act)
  }
}
