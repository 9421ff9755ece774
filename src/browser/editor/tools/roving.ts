/** One stop of the Tab key for all buttons of a toolbar; arrows go from one to the next, Escape goes back to the text. */
export function roving(bar: HTMLElement, back: () => void): void {
  const buttons = () => [...bar.querySelectorAll('button')]
  const seen = () => buttons().filter(button => button.checkVisibility())
  const stopAt = (stop: HTMLElement | undefined) => {
    for (const button of buttons()) button.tabIndex = button === stop ? 0 : -1
  }
  stopAt(buttons().find(button => !button.hidden))
  bar.addEventListener('focusin', event => {
    if (event.target instanceof HTMLButtonElement) stopAt(event.target)
  })
  bar.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      event.preventDefault()
      return back()
    }
    if (!(event.target instanceof HTMLButtonElement)) return
    const list = seen()
    const at = list.indexOf(event.target)
    const isLeftToRight = getComputedStyle(bar).direction !== 'rtl'
    const [forward, backward] = isLeftToRight ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight']
    const to = { [forward as string]: at + 1, [backward as string]: at - 1, Home: 0, End: -1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    list.at(to % list.length)?.focus()
  })
}
