// Nothing here comes from a module of main.ts, which would become a file of its own.

/** Links to pictures of our own, around a smaller one. */
const links = '.prose a[href^="/attachment/"]:has(> img)'

let loading: Promise<LightBox> | undefined

/** Where it cannot be loaded the link leads to the picture, as it does without scripts. */
document.addEventListener('click', event => {
  const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>(links)
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  if (link.closest('[contenteditable=true]')) return
  event.preventDefault()
  loading ??= load()
  loading.then(
    box => box.open(link),
    () => location.assign(link.href),
  )
})

/** The view `writing/light-box`, once its style is there. */
async function load(): Promise<LightBox> {
  const answer = await fetch('/compose/light-box')
  if (!answer.ok) throw new Error(`no light box: ${answer.status}`)
  const template = document.createElement('template')
  template.innerHTML = await answer.text()
  const style = template.content.querySelector('link')
  const dialog = template.content.querySelector('dialog')
  if (!style || !dialog) throw new Error('no light box')
  const styled = new Promise((resolve, reject) => {
    style.addEventListener('load', resolve)
    style.addEventListener('error', reject)
  })
  document.head.append(style)
  await styled
  document.body.append(dialog)
  return new LightBox(dialog)
}

/** Shows the pictures of one post, one at a time, as large as they are. */
export class LightBox {
  readonly #dialog: HTMLDialogElement
  #links: readonly HTMLAnchorElement[] = []
  #at = 0

  constructor(dialog: HTMLDialogElement) {
    this.#dialog = dialog
    dialog.addEventListener('click', ({ target }) => this.#press(target))
    dialog.addEventListener('keydown', event => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
      if (!by) return
      event.preventDefault()
      const isLeftToRight = getComputedStyle(dialog).direction !== 'rtl'
      this.#go(isLeftToRight ? by : -by)
    })
    // A browser gives the focus back to what had it, which after a click is not the link everywhere.
    dialog.addEventListener('close', () => this.#links[this.#at]?.focus())
  }

  open(link: HTMLAnchorElement): void {
    this.#links = [...(link.closest('.prose')?.querySelectorAll<HTMLAnchorElement>(links) ?? [link])]
    this.#at = this.#links.indexOf(link)
    this.#show()
    this.#dialog.showModal()
  }

  #part<E extends HTMLElement = HTMLElement>(selector: string): E {
    return this.#dialog.querySelector<E>(selector) as E
  }

  #press(target: EventTarget | null): void {
    const button = target instanceof Element ? target.closest<HTMLElement>('button') : null
    if (button?.dataset.step) this.#go(Number(button.dataset.step))
    else if (button || !(target instanceof Element && target.closest('figcaption'))) this.#dialog.close()
  }

  #go(by: number): void {
    const { length } = this.#links
    this.#at = (this.#at + by + length) % length
    this.#show()
  }

  #show(): void {
    const link = this.#links[this.#at]
    const alt = link?.querySelector('img')?.alt ?? ''
    const image = this.#part<HTMLImageElement>('img')
    // The one before must not stand under the words of this one while it loads.
    image.removeAttribute('src')
    Object.assign(image, { alt, src: link?.href ?? '' })
    this.#part('figcaption').textContent = alt
    const isOneOfSeveral = this.#links.length > 1
    for (const step of this.#dialog.querySelectorAll<HTMLElement>('.step')) step.hidden = !isOneOfSeveral
    const place = this.#part('[data-place]')
    const words = (place.dataset.place ?? '').replace('%at%', String(this.#at + 1))
    place.textContent = isOneOfSeveral ? words.replace('%of%', String(this.#links.length)) : ''
  }
}
