import { all, on } from '../dom.ts'

/** Pixels that are not worth a button. */
const little = 60

// The style limits the height where scripts run; until this one has, such a quote can be scrolled.
for (const quote of all('.prose[data-unfold] > blockquote')) {
  const hidden = quote.scrollHeight - quote.clientHeight
  quote.classList.add(hidden > little ? 'folded' : 'whole')
  if (hidden > little) quote.append(foldButton(quote.parentElement?.dataset.unfold ?? ''))
}

function foldButton(words: string): HTMLButtonElement {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'fold button small', textContent: words, ariaExpanded: 'false' })
  return button
}

function fold(quote: HTMLElement, folded: boolean): void {
  const button = quote.querySelector<HTMLElement>(':scope > .fold')
  const { unfold, fold: again } = quote.parentElement?.dataset ?? {}
  quote.scrollTop = 0
  quote.classList.toggle('folded', folded)
  quote.classList.toggle('whole', !folded)
  if (!button) return
  button.ariaExpanded = String(!folded)
  button.textContent = (folded ? unfold : again) ?? ''
}

on('click', '.fold', button => {
  const quote = button.closest('blockquote')
  if (quote) fold(quote, quote.classList.contains('whole'))
})

// What has the focus is in view.
on('focusin', '.folded', (quote, { target }) => {
  if (target instanceof Element && !target.matches('.fold') && quote.scrollTop > 0) fold(quote, false)
})
