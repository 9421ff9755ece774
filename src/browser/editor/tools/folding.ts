const onPhone = '(pointer: coarse) and (max-width: 45rem), (pointer: coarse) and (max-height: 45rem)'

/** Which bar shows all of its tools, for every box of this page: of two there would be no room left for the text. */
let open: string | null = null

/** On a phone the tools that are used most stand in a row above its keyboard; a button shows the others below them. */
export function folding(bars: readonly HTMLElement[]): void {
  if (!matchMedia(onPhone).matches) return
  const show = () => {
    for (const bar of bars) {
      const isOpen = bar.dataset.tools === open
      bar.classList.toggle('open', isOpen)
      moreOf(bar)?.setAttribute('aria-expanded', String(isOpen))
    }
  }
  for (const bar of bars) {
    const more = moreOf(bar)
    if (!more) continue
    bar.classList.add('folds')
    bar.prepend(...bar.querySelectorAll('[data-first]'), more)
    more.hidden = false
    more.addEventListener('click', () => {
      open = bar.classList.contains('open') ? null : (bar.dataset.tools ?? null)
      show()
    })
  }
  show()
}

function moreOf(bar: HTMLElement): HTMLElement | null {
  return bar.querySelector('[data-more]')
}
