import type { Document, Element } from 'domhandler'
import type { Response } from 'supertest'
import { controlsOf, isSubmitButton, nameOf } from './controls.ts'
import { PageForm, type Submission } from './form.ts'
import { findAll, parseHtml, visibleText, words } from './html.ts'

/** What a visitor has before them. */
export class Page {
  /** Path, query and anchor, where redirects led. */
  readonly url: string
  readonly status: number
  readonly headers: Record<string, string>
  /** As it came. */
  readonly html: string
  readonly #markup: string
  #tree: Document | undefined
  readonly #send: (submission: Submission) => Promise<Page>

  constructor(url: string, response: Response, send: (submission: Submission) => Promise<Page>) {
    this.url = url
    this.status = response.status
    this.headers = response.headers
    this.html = response.text ?? ''
    this.#markup = response.type === 'text/html' ? this.html : ''
    this.#send = send
  }

  /** Of many pages nothing but the status is looked at. */
  get #document(): Document {
    this.#tree ??= parseHtml(this.#markup)
    return this.#tree
  }

  /** What can be read, a line for each block. */
  get text(): string {
    return visibleText(this.#document)
  }

  get title(): string {
    return findAll('title', this.#document).map(titleText).join('')
  }

  get h1(): string {
    return this.texts('h1').join(' ')
  }

  has(css: string): boolean {
    return this.count(css) > 0
  }

  count(css: string): number {
    return findAll(css, this.#document).length
  }

  /** What each of them says, on one line. */
  texts(css: string): string[] {
    return findAll(css, this.#document).map(words)
  }

  /** An attribute of the first that has it. */
  attribute(css: string, name: string): string | undefined {
    return findAll(css, this.#document).find(({ attribs }) => name in attribs)?.attribs[name]
  }

  /** Where a link with these words, or the first that a selector finds, leads. Throws when there is none. */
  link(called: string): string {
    const links = findAll('a[href]', this.#document)
    const link =
      links.find(link => words(link) === called || link.attribs['aria-label'] === called) ??
      this.#select(called).find(({ attribs }) => attribs.href !== undefined)
    if (link?.attribs.href !== undefined) return link.attribs.href
    throw new Error(`No link "${called}" on ${this.url}: ${links.map(words).join(', ')}`)
  }

  /** The form that has a button with these words, or the first that a selector finds. Throws when there is none. */
  form(called: string): PageForm<Page> {
    const forms = findAll('form', this.#document)
    const form = forms.find(form => this.#buttons(form).includes(called)) ?? this.#formAt(called)
    if (form) return new PageForm(this.#document, form, this.#send)
    const known = forms.flatMap(form => this.#buttons(form)).join(', ')
    throw new Error(`No form "${called}" on ${this.url} (${this.status}). There are buttons: ${known}`)
  }

  #buttons(form: Element): string[] {
    return controlsOf(form, this.#document)
      .filter(isSubmitButton)
      .map(button => nameOf(button, this.#document))
  }

  #formAt(css: string): Element | undefined {
    const forms = findAll('form', this.#document)
    return this.#select(css)
      .map(found => (found.name === 'form' ? found : forms.find(form => contains(form, found))))
      .find(form => form !== undefined)
  }

  /** Words are mostly no selector. */
  #select(css: string): Element[] {
    try {
      return findAll(css, this.#document)
    } catch {
      return []
    }
  }
}

function contains(form: Element, element: Element): boolean {
  return findAll('*', form).includes(element)
}

function titleText(title: Element): string {
  return title.children.map(child => ('data' in child ? child.data : '')).join('')
}
