import type { Box } from './box.ts'
import { asMarkdown, type Copy, inOneFormat, says, saysTheSame } from './copy.ts'
import { findKept } from './find-kept.ts'
import { describe, onButtons, show } from './notices.ts'
import { clear, save } from './server.ts'
import { type Kept, keep, keptIn, rawAt, writer } from './shelf.ts'

/** A second's pause, in milliseconds. */
const pause = 1000

/** Keeps what is typed in one form: in this browser, and for members on the server, too. */
export class Keeper {
  readonly #root: HTMLElement
  readonly #box: Box
  readonly #place: string
  /** What lay in the browser when this page read or wrote it last. */
  #raw: string | null
  /** What was found or saved last. */
  #last: Copy
  /** When the server saved what this goes on from. */
  #base: number | undefined
  /** Another text for this place, as long as nobody has chosen. */
  #other: Kept | null = null
  /** What can be brought back. */
  #cleared: Copy | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #isAsking = false
  #isDirty = false
  #isSent = false

  constructor(root: HTMLElement, box: Box) {
    this.#root = root
    this.#box = box
    this.#place = root.dataset.place ?? ''
    this.#raw = rawAt(this.#place)
    this.#last = box.read()
    box.onTyping(() => this.#changed())
    onButtons(root, {
      hide: () => this.#hide(),
      clear: () => this.#clear(),
      undo: () => this.#bringBack(),
      keep: () => this.#choose(),
      take: () => void this.#take(),
    })
    void this.#begin()
  }

  /** Gives back what was typed here before, into an empty box; beside a full one it is offered. */
  async #begin(): Promise<void> {
    const { kept, raw } = findKept(this.#place, this.#root)
    this.#raw = raw
    if (!kept) return
    const { other = null, ...mine } = kept
    this.#base = mine.synced
    this.#isDirty = mine.dirty === true
    const box = this.#box.read()
    const isOutdated = mine.at < Number(this.#root.dataset.since ?? 0)
    if (this.#box.isEmpty(box) && !isOutdated) await this.#restore(mine, other)
    else await this.#compare(box, mine, other)
  }

  /** What a form came back with is Markdown; what was typed there may be kept as HTML. */
  async #compare(box: Copy, mine: Kept, other: Kept | null): Promise<void> {
    const [here, there] = await inOneFormat(box, mine)
    // What has come back from a preview was never away.
    if (says(here, there)) this.#found(box, other, saysTheSame(here, there) && !mine.sending)
    else this.#offer(mine)
  }

  async #restore(mine: Kept, other: Kept | null): Promise<void> {
    const text = await asMarkdown(mine)
    if (!this.#box.isEmpty()) return this.#offer(mine)
    this.#box.put(text)
    this.#found(this.#box.read(), other, true)
    if (this.#isDirty) this.#changed()
  }

  #found(box: Copy, other: Kept | null, isRestored: boolean): void {
    this.#last = box
    if (other && !says(box, other)) this.#offer(other)
    else if (isRestored) show(this.#root, 'restored')
  }

  #offer(other: Kept): void {
    this.#other = other
    describe(this.#root, { ...this.#box.read(), at: this.#last.at }, other)
    show(this.#root, 'both')
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
    const box = this.#box.read()
    const isChanged = !isIdentical(box, this.#last)
    if (isChanged) this.#meetOtherTab(box)
    if (isChanged && this.#box.isEmpty(box)) return this.#forget(box)
    if (isChanged) {
      this.#isDirty = true
      this.#last = box
      this.#write(box)
    }
    if (this.#isDirty && writer) await this.#push(leaving)
  }

  #write(text: Copy, more: Partial<Kept> = {}): void {
    const { title, prefix, body, format, at } = text
    const sync = { ...(this.#base && { synced: this.#base }), ...(this.#isDirty && { dirty: true }) }
    const other = this.#other ? { other: this.#other } : {}
    this.#raw = keep(this.#place, { title, prefix, body, format, at, ...sync, ...other, ...more })
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
    if (answer.saved && this.#box.isEmpty(this.#last)) return clear(this.#place, copy.at)
    const [mine, theirs] = await inOneFormat(sent, copy)
    if (answer.saved || says(mine, theirs)) this.#base = copy.at
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
    const box = this.#box.read()
    this.#isDirty ||= !isIdentical(box, this.#last)
    this.#last = box
    if (!this.#box.isEmpty(box)) this.#write(box, { sending: true, asking: this.#isAsking })
    this.#isSent = true
    this.#box.form.querySelector('input[name=undecided]')?.remove()
    if (this.#other) this.#box.form.append(Object.assign(document.createElement('input'), undecided))
  }

  /** Whoever typed it signs out: nothing is kept from now on. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#isSent = true
  }

  /** Whether there is something that the server does not have. */
  get isAhead(): boolean {
    return writer !== '' && (this.#isDirty || !isIdentical(this.#box.read(), this.#last)) && !this.#isSent
  }

  #hide(): void {
    show(this.#root, null)
    this.#box.focus()
  }

  #clear(): void {
    this.#cleared = this.#box.clear()
    this.#forget(this.#box.read())
    show(this.#root, 'cleared')
    this.#box.focus()
  }

  /** Beside what has been typed since, it is offered. */
  #bringBack(): void {
    if (!this.#cleared) return
    if (this.#box.isEmpty()) {
      this.#box.put(this.#cleared)
      this.#hide()
    } else this.#offer(this.#cleared)
    void this.save()
  }

  async #take(): Promise<void> {
    if (!this.#other) return
    this.#box.put(await asMarkdown(this.#other))
    this.#choose()
  }

  /** From now on there is only what stands in the box. */
  #choose(): void {
    this.#base = this.#other?.synced ?? this.#base
    this.#other = null
    this.#last = this.#box.read()
    this.#isDirty = true
    this.#write(this.#last)
    this.#hide()
    void this.save()
  }
}

const undecided = { type: 'hidden', name: 'undecided', value: '1' } as const

function isIdentical(one: Copy, other: Copy): boolean {
  const isSameHeading = one.title === other.title && one.prefix === other.prefix
  return isSameHeading && one.body === other.body && one.format === other.format
}
