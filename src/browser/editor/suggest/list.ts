import type { Pick, Writing } from './writing.ts'

export interface Option {
  readonly pick: Pick
  readonly parts: readonly Node[]
}

/** Pixels between what is typed and the list, and around it. */
const gap = 6

/** What is offered beside the caret. The focus stays in the text, whose element says which one is chosen. */
export class List {
  readonly #element: HTMLElement
  #writing: Writing | null = null
  #options: readonly Option[] = []
  #at = 0
  #before: ReadonlyMap<string, string | null> = new Map()

  /** Stands behind the box. `act`: what happens when one of them is pressed. */
  constructor(box: HTMLElement, element: HTMLElement, act: (option: Option) => void) {
    this.#element = element
    element.addEventListener('mousedown', event => event.preventDefault())
    element.addEventListener('click', event => {
      const pressed = event.target instanceof Element && event.target.closest('[role=option]')
      const option = pressed && this.#options[[...element.children].indexOf(pressed)]
      if (option) act(option)
    })
    box.after(element)
  }

  get isOpen(): boolean {
    return this.#writing !== null
  }

  get chosen(): Option | undefined {
    return this.isOpen ? this.#options[this.#at] : undefined
  }

  /** `back`: so many characters before the caret begins what it is about. */
  show(writing: Writing, options: readonly Option[], back: number, label: string): void {
    if (this.#writing?.target !== writing.target) this.hide()
    this.#options = options
    this.#element.ariaLabel = label
    this.#element.replaceChildren(...options.map(elementOf))
    this.#element.hidden = false
    if (!this.#writing) this.#before = describe(writing.target, this.#element.id)
    this.#writing = writing
    place(this.#element, writing.rect(back))
    this.#choose(0)
  }

  /** Leaves only these, until it is known what fits better. */
  narrow(fits: (option: Option) => boolean): void {
    if (!this.#writing || this.#options.every(fits)) return
    const children = [...this.#element.children]
    for (const [index, option] of this.#options.entries()) if (!fits(option)) children[index]?.remove()
    this.#options = this.#options.filter(fits)
    if (this.#options.length === 0) this.hide()
    else this.#choose(0)
  }

  hide(): void {
    if (!this.#writing) return
    for (const [name, value] of this.#before) setAttribute(this.#writing.target, name, value)
    this.#writing = null
    this.#element.hidden = true
  }

  move(steps: number): void {
    this.#choose((this.#at + steps + this.#options.length) % this.#options.length)
  }

  #choose(at: number): void {
    this.#at = at
    for (const [index, option] of [...this.#element.children].entries()) {
      option.ariaSelected = String(index === at)
      if (index !== at) continue
      option.scrollIntoView({ block: 'nearest' })
      this.#writing?.target.setAttribute('aria-activedescendant', option.id)
    }
  }
}

function elementOf({ parts }: Option, index: number): HTMLElement {
  const element = document.createElement('li')
  element.role = 'option'
  element.id = `suggestion-${index}`
  element.append(...parts)
  return element
}

/** While the list is open its text is a combobox, which has no lines to speak of. What it said before. */
function describe(target: HTMLElement, list: string): ReadonlyMap<string, string | null> {
  const said = {
    role: 'combobox',
    'aria-multiline': null,
    'aria-autocomplete': 'list',
    'aria-controls': list,
    'aria-expanded': 'true',
    'aria-haspopup': 'listbox',
    'aria-activedescendant': null,
  }
  const before = new Map(Object.keys(said).map(name => [name, target.getAttribute(name)]))
  for (const [name, value] of Object.entries(said)) setAttribute(target, name, value)
  return before
}

function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name)
  else element.setAttribute(name, value)
}

/** Below the line, or above it where there is more room; a phone's keyboard leaves little. */
function place(element: HTMLElement, at: ReturnType<Writing['rect']>): void {
  const view = visualViewport ?? { offsetTop: 0, offsetLeft: 0, height: innerHeight, width: innerWidth }
  const [above, below] = [at.top - view.offsetTop - 2 * gap, view.offsetTop + view.height - at.bottom - 2 * gap]
  element.style.maxHeight = ''
  const isBelow = below >= element.offsetHeight || below >= above
  element.style.maxHeight = `${Math.max(72, Math.min(256, isBelow ? below : above))}px`
  const top = isBelow ? at.bottom + gap : at.top - gap - element.offsetHeight
  const right = view.offsetLeft + view.width - element.offsetWidth - gap
  element.style.top = `${top}px`
  element.style.left = `${Math.max(view.offsetLeft + gap, Math.min(at.left, right))}px`
}
