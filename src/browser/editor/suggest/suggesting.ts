import { noteEmoji } from '../emoji/recent.ts'
import { emojiCalled, emojiNamed } from './emoji.ts'
import { List, type Option } from './list.ts'
import { membersNamed } from './members.ts'
import { plainText } from './plain-text.ts'
import { richText } from './rich-text.ts'
import { type Typed, typedIn } from './trigger.ts'
import type { Pick, Writing } from './writing.ts'

/** Watches what is typed in a box, and offers names in a list that has none yet. */
export class Suggesting {
  readonly #box: HTMLElement
  readonly #words: DOMStringMap
  readonly #list: List
  /** Changes with every key: an answer to an earlier one comes too late. */
  #turn = 0
  /** Where something begins for which nothing is wanted. */
  #dismissed: string | null = null

  constructor(box: HTMLElement, element: HTMLElement) {
    this.#box = box
    this.#words = element.dataset
    this.#list = new List(box, element, option => this.#take(option.pick))
    const close = () => this.#close()
    box.addEventListener('input', () => void this.#look())
    box.addEventListener('keydown', event => this.#press(event), true)
    box.addEventListener('focusout', close)
    box.addEventListener('pointerdown', close)
    addEventListener('resize', close)
    // On a phone the page moves while one types: the list moves along.
    addEventListener('scroll', () => void this.#look(), { passive: true })
    document.addEventListener('selectionchange', () => {
      if (this.#list.isOpen && !this.#typed()) close()
    })
    void this.#look()
  }

  get #writing(): Writing | null {
    const { activeElement } = document
    if (!(activeElement instanceof HTMLElement) || !this.#box.contains(activeElement)) return null
    if (activeElement instanceof HTMLTextAreaElement) return plainText(activeElement)
    return activeElement.isContentEditable ? richText(activeElement) : null
  }

  #typed(): { writing: Writing; typed: Typed; start: string } | null {
    const writing = this.#writing
    const before = writing?.before() ?? null
    const typed = before === null ? null : typedIn(before)
    if (!writing || !typed || before === null) return null
    return { writing, typed, start: before.slice(0, before.length - typed.length) }
  }

  async #look(): Promise<void> {
    const turn = ++this.#turn
    const now = this.#typed()
    if (!now || now.start === this.#dismissed) {
      if (!now) this.#dismissed = null
      return this.#list.hide()
    }
    const { writing, typed } = now
    if (typed.isClosed) return this.#complete(typed, turn)
    this.#list.narrow(({ pick }) => !('name' in pick) || begins(pick.name, typed.query))
    const options = await this.#find(typed, () => turn !== this.#turn).catch(() => [])
    if (turn !== this.#turn) return
    if (options.length === 0) return this.#list.hide()
    this.#list.show(writing, options, typed.length, this.#words[typed.kind] ?? '')
  }

  async #find({ kind, query }: Typed, isStale: () => boolean): Promise<Option[]> {
    if (kind === 'emoji') return emojiNamed(this.#words.source ?? '', query)
    const place = this.#box.dataset.place ?? this.#box.querySelector<HTMLElement>('[data-place]')?.dataset.place
    return place ? membersNamed(place, query, this.#words.here ?? '', isStale) : []
  }

  async #complete({ query }: Typed, turn: number): Promise<void> {
    this.#list.hide()
    const text = await emojiCalled(this.#words.source ?? '', query)
    if (text && turn === this.#turn) this.#take({ text })
  }

  #press(event: KeyboardEvent): void {
    if (!this.#list.isOpen || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
      return
    const acts: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.#list.move(1),
      ArrowUp: () => this.#list.move(-1),
      Enter: () => this.#takeChosen(),
      Tab: () => this.#takeChosen(),
      Escape: () => this.#dismiss(),
    }
    const act = acts[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  #takeChosen(): void {
    const { chosen } = this.#list
    if (chosen) this.#take(chosen.pick)
  }

  #take(pick: Pick): void {
    const now = this.#typed()
    this.#close()
    if (!now) return
    now.writing.replace(now.typed.length, pick)
    if ('text' in pick) noteEmoji(pick.text)
  }

  #dismiss(): void {
    this.#dismissed = this.#typed()?.start ?? null
    this.#close()
  }

  #close(): void {
    this.#turn++
    this.#list.hide()
  }
}

function begins(name: string, query: string): boolean {
  return name.toLowerCase().startsWith(query.toLowerCase())
}
