import type { TextEditor } from '../editor/text-editor.ts'
import { asMarkdown, type Copy, copyOf, says, saysTheSame } from './copy.ts'
import { findKept } from './find-kept.ts'
import { describe, show } from './notices.ts'
import { clear, save } from './server.ts'
import { type Kept, keep, keptIn, rawAt, writer } from './shelf.ts'

/** A second's pause, in milliseconds. */
const pause = 1000

/** Keeps what is typed in one form: in this browser, and for members on the server, too. */
export class Keeper {
  readonly #root: HTMLElement
  readonly #editor: TextEditor
  readonly #form: HTMLFormElement
  readonly #place: string
  /** What stands there when nobody has typed anything. */
  readonly #empty: Copy
  /** What lay in the browser when this page read or wrote it last. */
  #raw: string | null
  /** What was found or saved last. */
  #last: Copy
  /** When the server saved what this goes on from. */
  #base: number | undefined
  /** Another text for this place, as long as nobody has chosen. */
  #other: Kept | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #isAsking = false
  #isDirty = false
  #isSent = false

  constructor(root: HTMLElement, editor: TextEditor, form: HTMLFormElement) {
    this.#root = root
    this.#editor = editor
    this.#form = form
    this.#place = root.dataset.place ?? ''
    this.#raw = rawAt(this.#place)
    this.#last = copyOf(form)
    const isFresh = 'fresh' in root.dataset
    const { title, body } = this.#fields
    const standing = { title: title?.defaultValue ?? '', body: body.defaultValue }
    this.#empty = { ...(isFresh ? standing : { title: '', body: '' }), format: 'markdown', at: 0 }
    form.addEventListener('input', () => this.#changed())
    editor.addEventListener('text-change', () => this.#changed())
    root.addEventListener('click', event => this.#answer(event.target as Element))
    void this.#begin()
  }

  get #fields() {
    const { title } = this.#form.elements as unknown as { title?: HTMLInputElement }
    return { title, body: this.#editor.querySelector('textarea') as HTMLTextAreaElement }
  }

  /** Gives back what was typed here before, into an empty box; beside a full one it is offered. */
  async #begin(): Promise<void> {
    const { kept, raw } = findKept(this.#place, this.#root)
    this.#raw = raw
    if (!kept) return
    const { other = null, ...mine } = kept
    this.#base = mine.synced
    this.#isDirty = mine.dirty === true
    const box = copyOf(this.#form)
    const isOutdated = mine.at < Number(this.#root.dataset.since ?? 0)
    if (saysTheSame(box, this.#empty) && !isOutdated) await this.#restore(mine, other)
    else if (says(box, mine)) this.#found(box, other, saysTheSame(box, mine))
    else this.#offer(mine)
  }

  async #restore(mine: Kept, other: Kept | null): Promise<void> {
    const text = await asMarkdown(mine)
    if (!saysTheSame(copyOf(this.#form), this.#empty)) return this.#offer(mine)
    this.#put(text)
    this.#found(copyOf(this.#form), other, true)
    if (this.#isDirty) this.#changed()
  }

  #found(box: Copy, other: Kept | null, isRestored: boolean): void {
    this.#last = box
    if (other && !says(box, other)) this.#offer(other)
    else if (isRestored) show(this.#root, 'restored')
  }

  #offer(other: Kept): void {
    this.#other = other
    describe(this.#root, { ...copyOf(this.#form), at: this.#last.at }, other)
    show(this.#root, 'both')
  }

  #put({ title, body, format }: Copy): void {
    const { title: field } = this.#fields
    if (field) field.value = title
    this.#editor.put(body, format)
  }

  #changed(): void {
    this.#isSent = false
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.save(), pause)
  }

  /** Saves what stands there, if it is not saved yet. */
  async save(leaving = false): Promise<void> {
    clearTimeout(this.#timer)
    if (this.#isSent) return
    const box = copyOf(this.#form)
    const isChanged = !isIdentical(box, this.#last)
    if (isChanged) this.#meetOtherTab(box)
    if (isChanged && saysTheSame(box, this.#empty)) return this.#forget(box)
    if (isChanged) {
      this.#isDirty = true
      this.#last = box
      this.#write(box)
    }
    if (this.#isDirty && writer) await this.#push(leaving)
  }

  #write(text: Copy, more: Partial<Kept> = {}): void {
    const { title, body, format, at } = text
    const sync = { ...(this.#base && { synced: this.#base }), ...(this.#isDirty && { dirty: true }) }
    const other = this.#other ? { other: this.#other } : {}
    this.#raw = keep(this.#place, { title, body, format, at, ...sync, ...other, ...more })
  }

  /** Another tab has written here since: nothing of that goes unless it is said here, too. */
  #meetOtherTab(box: Copy): void {
    const raw = rawAt(this.#place)
    if (raw === this.#raw) return
    const theirs = keptIn(raw)
    if (!theirs) this.#base = undefined
    else if (says(box, theirs)) this.#base = theirs.synced ?? this.#base
    else this.#offer(theirs)
  }

  async #push(leaving: boolean): Promise<void> {
    if (this.#other || (this.#isAsking && !leaving)) return
    this.#isAsking = true
    const sent = this.#last
    const answer = await save(this.#place, sent, this.#base, leaving)
    this.#isAsking = false
    if (!answer || this.#isSent) return
    const { copy } = answer
    if (answer.saved && saysTheSame(this.#last, this.#empty)) return clear(this.#place, copy.at)
    if (answer.saved || says(sent, copy)) this.#base = copy.at
    else {
      this.#offer({ ...copy, synced: copy.at })
      return this.#write(this.#last)
    }
    if (answer.saved && this.#last === sent) {
      this.#isDirty = false
      if (rawAt(this.#place) === this.#raw) this.#write(copy)
    } else await this.save()
  }

  /** Nothing stands there any more. */
  #forget(box: Copy): void {
    this.#last = box
    this.#isDirty = false
    this.#raw = keep(this.#place, this.#other)
    if (this.#base && !this.#other) clear(this.#place, this.#base)
    this.#base = undefined
    if (!this.#other) show(this.#root, null)
  }

  /** It is on its way: what arrives is taken away by the page that comes next. */
  send(): void {
    clearTimeout(this.#timer)
    const box = copyOf(this.#form)
    this.#isDirty ||= !isIdentical(box, this.#last)
    this.#last = box
    if (!saysTheSame(box, this.#empty)) this.#write(box, { sending: true, asking: this.#isAsking })
    this.#isSent = true
    this.#form.querySelector('input[name=undecided]')?.remove()
    if (this.#other) this.#form.append(Object.assign(document.createElement('input'), undecided))
  }

  /** Whoever typed it signs out: nothing is kept from now on. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#isSent = true
  }

  /** Whether there is something that the server does not have. */
  get isAhead(): boolean {
    return writer !== '' && (this.#isDirty || !isIdentical(copyOf(this.#form), this.#last)) && !this.#isSent
  }

  #answer(target: Element): void {
    const button = target.closest('button')
    if (!button) return
    if ('hide' in button.dataset) show(this.#root, null)
    else if ('clear' in button.dataset) this.#clear()
    else if ('undo' in button.dataset) this.#bringBack()
    else if ('keep' in button.dataset) this.#choose(copyOf(this.#form))
    else if ('take' in button.dataset) void this.#take()
    else return
    this.#editor.querySelector<HTMLElement>('[contenteditable], textarea')?.focus()
  }

  #cleared: Copy | null = null

  #clear(): void {
    this.#cleared = copyOf(this.#form)
    this.#put(this.#empty)
    this.#forget(copyOf(this.#form))
    show(this.#root, 'cleared')
  }

  #bringBack(): void {
    if (this.#cleared) this.#put(this.#cleared)
    show(this.#root, null)
    void this.save()
  }

  async #take(): Promise<void> {
    if (!this.#other) return
    this.#put(await asMarkdown(this.#other))
    this.#choose(copyOf(this.#form))
  }

  /** From now on there is this one alone. */
  #choose(box: Copy): void {
    this.#base = this.#other?.synced ?? this.#base
    this.#other = null
    show(this.#root, null)
    this.#last = box
    this.#isDirty = true
    this.#write(this.#last)
    void this.save()
  }
}

const undecided = { type: 'hidden', name: 'undecided', value: '1' } as const

function isIdentical(one: Copy, other: Copy): boolean {
  return one.title === other.title && one.body === other.body && one.format === other.format
}
