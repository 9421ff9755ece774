import type { Document, Element } from 'domhandler'
import {
  controlsOf,
  initialOptions,
  initialValue,
  isDisabled,
  isSubmitButton,
  isTickable,
  nameOf,
  optionsOf,
  typeOf,
} from './controls.ts'
import { words } from './html.ts'

/** Text for a field, the value or words of a choice (several for a list), true and false for a tick. */
export type Filling = string | number | boolean | readonly string[]

export type Submission = { method: 'get' | 'post'; action: string; entries: [string, string][] }

/** A form on a page: filled in by hand and sent by one of its buttons, as a browser does it. */
export class PageForm<Sent> {
  readonly #page: Document
  readonly #form: Element
  readonly #send: (submission: Submission) => Promise<Sent>
  readonly #typed = new Map<Element, string>()
  readonly #ticked = new Map<Element, boolean>()
  readonly #chosen = new Map<Element, Element[]>()

  constructor(page: Document, form: Element, send: (submission: Submission) => Promise<Sent>) {
    this.#page = page
    this.#form = form
    this.#send = send
  }

  /** Each key is a field's label or its name. Throws when there is no such field or choice. */
  fill(fillings: Record<string, Filling>): this {
    for (const [key, filling] of Object.entries(fillings)) this.#fillOne(key, filling)
    return this
  }

  /** Presses a button, by its words or value; without one, Enter: the first button. */
  async submit(button?: string): Promise<Sent> {
    const { attribs } = this.#form
    const pressed = this.#button(button)
    const method = (pressed?.attribs.formmethod ?? attribs.method ?? 'get').toLowerCase()
    return this.#send({
      method: method === 'post' ? 'post' : 'get',
      action: pressed?.attribs.formaction ?? attribs.action ?? '',
      entries: this.#entries(pressed),
    })
  }

  /** What a field holds now. */
  value(key: string): string {
    const [field] = this.#fields(key)
    if (!field) throw this.#nothingCalled(key)
    if (field.name !== 'select') return this.#valueOf(field)
    return this.#optionsOf(field).map(initialValue).join(', ')
  }

  isTicked(key: string): boolean {
    return this.#fields(key).some(field => this.#isTicked(field))
  }

  /** The names of what it would send. */
  get names(): string[] {
    return this.#controls().flatMap(({ attribs }) => attribs.name ?? [])
  }

  #controls(): Element[] {
    return controlsOf(this.#form, this.#page)
  }

  #fields(key: string): Element[] {
    const fields = this.#controls().filter(control => !isSubmitButton(control))
    const named = fields.filter(({ attribs }) => attribs.name === key)
    return named.length > 0 ? named : fields.filter(field => nameOf(field, this.#page) === key)
  }

  #nothingCalled(key: string): Error {
    const known = this.#controls().map(control => `${nameOf(control, this.#page)} [${control.attribs.name ?? ''}]`)
    return new Error(`No field is called "${key}". There are: ${known.join(', ')}`)
  }

  #fillOne(key: string, filling: Filling): void {
    const fields = this.#fields(key).filter(field => !isDisabled(field))
    const [first] = fields
    if (!first) throw this.#nothingCalled(key)
    if (first.name === 'select') this.#choose(first, [filling].flat().map(String))
    else if (isTickable(first)) this.#tick(fields, filling)
    else this.#typed.set(first, String(filling))
  }

  #choose(select: Element, wanted: string[]): void {
    const options = optionsOf(select)
    const chosen = wanted.map(want => options.find(option => initialValue(option) === want || words(option) === want))
    if (chosen.includes(undefined)) throw new Error(`There is no choice "${wanted}": ${options.map(words).join(', ')}`)
    this.#chosen.set(
      select,
      chosen.filter(option => !!option),
    )
  }

  #tick(fields: Element[], filling: Filling): void {
    const [first] = fields
    if (typeof filling === 'boolean' && first) {
      this.#ticked.set(first, filling)
      return
    }
    const wanted = [filling].flat().map(String)
    const isWanted = (field: Element) =>
      wanted.includes(initialValue(field)) || wanted.includes(nameOf(field, this.#page))
    if (fields.filter(isWanted).length < wanted.length) throw new Error(`There is no choice "${wanted}"`)
    for (const field of fields) this.#ticked.set(field, isWanted(field))
  }

  #button(called?: string): Element | undefined {
    const buttons = this.#controls().filter(isSubmitButton)
    const answersTo = (button: Element) => nameOf(button, this.#page) === called || button.attribs.value === called
    const pressed = called === undefined ? buttons[0] : buttons.find(answersTo)
    if (called !== undefined && !pressed) {
      throw new Error(`No button "${called}": ${buttons.map(button => nameOf(button, this.#page)).join(', ')}`)
    }
    if (pressed && isDisabled(pressed)) throw new Error(`The button "${called ?? ''}" is disabled`)
    return pressed
  }

  #valueOf(field: Element): string {
    return this.#typed.get(field) ?? initialValue(field)
  }

  #isTicked(field: Element): boolean {
    return this.#ticked.get(field) ?? 'checked' in field.attribs
  }

  #optionsOf(select: Element): Element[] {
    return this.#chosen.get(select) ?? initialOptions(select)
  }

  /** HTML Standard, "Constructing the entry list". */
  #entries(pressed: Element | undefined): [string, string][] {
    return this.#controls()
      .filter(control => control.attribs.name && !isDisabled(control) && !closestDatalist(control))
      .flatMap(control =>
        this.#valuesSent(control, pressed).map((value): [string, string] => [control.attribs.name ?? '', value]),
      )
  }

  #valuesSent(control: Element, pressed: Element | undefined): string[] {
    if (control.name === 'select') {
      return this.#optionsOf(control).flatMap(option => ('disabled' in option.attribs ? [] : initialValue(option)))
    }
    if (control.name === 'button' || ['submit', 'image', 'button', 'reset'].includes(typeOf(control))) {
      return control === pressed ? [control.attribs.value ?? ''] : []
    }
    if (isTickable(control)) return this.#isTicked(control) ? [initialValue(control)] : []
    const value = this.#valueOf(control)
    if (control.name === 'textarea') return [value.replaceAll(/\r\n|\r|\n/g, '\r\n')]
    return [typeOf(control) === 'hidden' ? value : value.replaceAll(/[\r\n]/g, '')]
  }
}

function closestDatalist(control: Element): boolean {
  return control.parent?.type === 'tag' && control.parent.name === 'datalist'
}
