import { all, on } from './dom.ts'

// Rows are checked anywhere in the page and belong to the bar's form by their `form` attribute.
const boxesOf = (form: HTMLFormElement) => all<HTMLInputElement>(`input[data-select][form="${form.id}"]`)
let last: HTMLInputElement | null = null

function count(form: HTMLFormElement): void {
  const boxes = boxesOf(form)
  const checked = boxes.filter(box => box.checked).length
  const words = form.querySelector<HTMLElement>('[data-count]')
  if (words) words.textContent = (words.dataset.count ?? '').replace('%count%', String(checked))
  const toggle = form.querySelector<HTMLElement>('[data-select-all]')
  if (toggle) toggle.ariaPressed = String(checked > 0 && checked === boxes.length)
  form.hidden = checked === 0 && !form.contains(document.activeElement)
}

/** With Shift, everything between the last one and this one follows. */
on('click', 'input[data-select]', (element, event) => {
  const box = element as HTMLInputElement
  const boxes = box.form ? boxesOf(box.form) : []
  if (event.shiftKey && last && boxes.includes(last)) {
    const ends = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b)
    for (const between of boxes.slice(ends[0], (ends[1] ?? 0) + 1)) between.checked = box.checked
  }
  last = box
  if (box.form) count(box.form)
})

on('click', '[data-select-all]', button => {
  const form = button.closest('form')
  if (!form) return
  const boxes = boxesOf(form)
  const check = boxes.some(box => !box.checked)
  for (const box of boxes) box.checked = check
  count(form)
})

function start(): void {
  for (const form of all<HTMLFormElement>('form[data-select-bar]')) {
    for (const button of all('[data-select-all]', form)) button.hidden = false
    count(form)
  }
}

start()
addEventListener('pageshow', start)
