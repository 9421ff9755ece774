import { checkEmoji } from '../emoji.ts'
import { arrive, helpPlain } from './arrival.ts'
import { convert, type Format } from './convert.ts'
import { type Mode, prefer, preferredMode } from './memory.ts'
import type { RichEditor } from './rich-editor.ts'

/** The box in which posts are written: a plain field, until the rich editor takes its place. */
export class TextEditor extends HTMLElement {
  #rich: RichEditor | null = null
  #mode: Mode = preferredMode()
  #isArriving = false
  #leaving: ReturnType<typeof setTimeout> | undefined

  connectedCallback(): void {
    this.#part('[data-modes]').hidden = false
    const begin = () => void this.#activate()
    this.#field.addEventListener('focus', begin)
    this.addEventListener('dragenter', begin)
    this.addEventListener('click', event => {
      const button = event.target instanceof Element ? event.target.closest('button') : null
      if (button?.dataset.mode) void this.#switchTo(button.dataset.mode as Mode)
      else if (button?.closest('[data-editor-status]')) this.#dismiss()
    })
    this.#field.form?.addEventListener('formdata', ({ formData }) => this.#fillIn(formData))
    addEventListener('pagehide', () => this.#leaveText())
    if (this.#format.value === 'html' || 'again' in this.dataset) this.#mode = 'rich'
    if (this.#format.value === 'html' || 'again' in this.dataset || document.activeElement === this.#field) {
      void this.#activate()
    }
  }

  get #field(): HTMLTextAreaElement {
    return this.querySelector('textarea') as HTMLTextAreaElement
  }

  get #format(): HTMLInputElement {
    return this.querySelector('[name=format]') as HTMLInputElement
  }

  #part(selector: string): HTMLElement {
    return this.querySelector(selector) as HTMLElement
  }

  /** Loads the editor; a box that has waited in vain stays plain. */
  async #activate(): Promise<void> {
    if (this.#mode === 'plain') return helpPlain(this)
    if (this.#rich || this.#isArriving) return
    this.#isArriving = true
    const waiting = setTimeout(() => this.#tell('[data-waiting]'), 700)
    try {
      const isWanted = () => this.#mode === 'rich' && this.isConnected
      const onChange = (text: string) => {
        checkEmoji(this, text)
        this.dispatchEvent(new Event('text-change'))
        clearTimeout(this.#leaving)
        this.#leaving = setTimeout(() => this.#leaveText(), 500)
      }
      this.#rich = await arrive({ element: this, field: this.#field, format: this.#format, onChange }, isWanted)
      if (!this.#rich) this.#mode = 'plain'
      this.#tell(null)
    } catch {
      this.#mode = 'plain'
      this.#tell('[data-failed]')
    }
    clearTimeout(waiting)
    this.#isArriving = false
    this.#show()
  }

  async #switchTo(mode: Mode): Promise<void> {
    prefer(mode)
    this.#tell(null)
    this.#mode = mode
    if (mode === 'rich') {
      this.#field.focus()
      return this.#activate()
    }
    if (this.#rich) await this.#close(this.#rich).catch(() => this.#stay())
    this.#show()
  }

  /** Puts another text in the place of what stands there. */
  put(text: string, format: Format): void {
    const isOpen = this.#rich !== null
    this.#rich?.close()
    this.#rich = null
    if (format === 'html') this.#mode = 'rich'
    this.#field.value = text
    this.#format.value = format
    checkEmoji(this, text)
    this.#show()
    if (isOpen || format === 'html') void this.#activate()
  }

  /** The format of what stands there now. */
  get wanted(): Format {
    return this.#rich || this.#format.value === 'html' ? 'html' : 'markdown'
  }

  /** More text below what is there, and the caret below that. Throws when it cannot be converted. */
  async add(text: string, format: Format): Promise<void> {
    if (format !== this.wanted) return this.add(await convert(text, format), this.#other(format))
    if (this.#rich) return this.#rich.add(text)
    const field = this.#field
    field.value = [field.value.trimEnd(), text].filter(Boolean).join('\n\n')
    field.setSelectionRange(field.value.length, field.value.length)
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.focus()
  }

  #other(format: Format): Format {
    return format === 'html' ? 'markdown' : 'html'
  }

  /** From the editor back to the plain box, as Markdown. */
  async #close(rich: RichEditor): Promise<void> {
    const html = rich.html()
    const markdown = rich.isChanged() || this.#format.value === 'html' ? await convert(html, 'html') : this.#field.value
    if (this.#rich !== rich || rich.html() !== html) return
    this.#rich = null
    this.#field.value = markdown
    this.#format.value = 'markdown'
    rich.close()
    checkEmoji(this, markdown)
    this.#field.focus()
  }

  #stay(): void {
    this.#mode = 'rich'
    prefer('rich')
    this.#tell('[data-not-switched]')
  }

  /** Which of the notices about the editor is true; null: none. */
  #tell(selector: string | null): void {
    for (const notice of this.#part('[data-editor-status]').children) {
      if (notice instanceof HTMLElement) notice.hidden = !selector || !notice.matches(selector)
    }
  }

  #dismiss(): void {
    this.#tell(null)
    this.querySelector<HTMLElement>('[contenteditable=true], textarea')?.focus()
  }

  #show(): void {
    if (this.#mode === 'plain') helpPlain(this)
    this.toggleAttribute('data-rich', this.#rich !== null)
    for (const button of this.querySelectorAll<HTMLElement>('[data-modes] [data-mode]')) {
      button.ariaPressed = String((button.dataset.mode === 'rich') === (this.#rich !== null))
    }
  }

  /** What nobody changed is sent as it came. */
  #fillIn(data: FormData): void {
    if (!this.#rich?.isChanged()) return
    data.set(this.#field.name, this.#rich.html())
    data.set('format', 'html')
  }

  /** For a browser that gives fields back when somebody returns to the page. */
  #leaveText(): void {
    if (!this.#rich?.isChanged()) return
    this.#field.value = this.#rich.html()
    this.#format.value = 'html'
  }
}

customElements.define('text-editor', TextEditor)
