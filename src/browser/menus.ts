import { all } from './dom.ts'

// Menus are <details>: without this they open and close by their button alone.
const openMenus = () => all<HTMLDetailsElement>('details.menu[open]')
const itemsOf = (menu: Element) => all('.menu-item', menu)

function close(menu: HTMLDetailsElement): void {
  const hadFocus = menu.contains(document.activeElement)
  menu.open = false
  if (hadFocus) menu.querySelector('summary')?.focus()
}

document.addEventListener('click', event => {
  for (const menu of openMenus()) if (!menu.contains(event.target as Node) || isVeil(event)) menu.open = false
})

/** On a phone the sheet's shadow covers the page; a click there reaches the panel only from outside its box. */
function isVeil(event: MouseEvent): boolean {
  const panel = event.target instanceof Element && event.target.closest('.menu-panel')
  return !!panel && event.clientY > 0 && event.clientY < panel.getBoundingClientRect().top
}

document.addEventListener('keydown', event => {
  const menu = openMenus().at(-1)
  if (event.key === 'Escape' && menu) return close(menu)
  const here = event.target instanceof Element && event.target.closest<HTMLDetailsElement>('details.menu')
  if (here) step(here, event)
})

function step(menu: HTMLDetailsElement, event: KeyboardEvent): void {
  if (!['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) return
  if (!menu.open && event.key !== 'ArrowDown') return
  event.preventDefault()
  menu.open = true
  const items = itemsOf(menu)
  const at = items.indexOf(document.activeElement as HTMLElement)
  const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key] ?? 0
  items.at(next % items.length)?.focus()
}

/** A menu near the edge opens towards the middle. */
document.addEventListener(
  'toggle',
  event => {
    const panel = event.target instanceof HTMLDetailsElement && event.target.querySelector('.menu-panel')
    if (!panel || getComputedStyle(panel).position === 'fixed') return
    const { left, right } = panel.getBoundingClientRect()
    if (right > document.documentElement.clientWidth) panel.parentElement?.classList.add('end')
    else if (left < 0) panel.parentElement?.classList.remove('end')
  },
  true,
)

document.addEventListener('focusin', event => {
  for (const menu of openMenus()) if (!menu.contains(event.target as Node)) menu.open = false
})

// On a phone some menus are strips that scroll: they begin where one is.
for (const strip of all('.side-menu, .tabs, .chips-bar')) {
  const current = all('[aria-current]', strip).at(-1)
  if (current) strip.scrollLeft = current.offsetLeft - strip.clientWidth / 2 + current.clientWidth / 2
}
