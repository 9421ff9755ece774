// Drags a row of the administrators' tree of forums, with all that is below it, to another place. Loaded only there, and
// shares nothing with main.ts. The buttons beside each row do the same without it.

/** So many pixels to the side are one step in or out. */
const step = 24
/** This close to the edge of the window the page moves along. */
const edge = 60

const list = document.querySelector<HTMLElement>('[data-arrange]')
if (list) {
  for (const handle of list.querySelectorAll<HTMLElement>('[data-handle]')) {
    handle.hidden = false
    handle.addEventListener('pointerdown', event => begin(list, handle, event))
  }
}

interface Spot {
  readonly at: number
  readonly depth: number
}

function begin(list: HTMLElement, handle: HTMLElement, start: PointerEvent): void {
  const row = handle.closest('li')
  if (!row || start.button !== 0) return
  start.preventDefault()
  handle.setPointerCapture(start.pointerId)
  const moved = [row, ...below(row)]
  const others = rowsOf(list).filter(one => !moved.includes(one))
  const mark = document.createElement('li')
  let spot: Spot | null = null
  for (const one of moved) one.classList.add('dragged')

  const move = (event: PointerEvent) => {
    scrollAlong(event.clientY)
    spot = spotAt(event, start, row, others)
    mark.className = `drop-mark level-${Math.min(spot.depth, 4)}`
    const before = others[spot.at]
    if (before) before.before(mark)
    else list.append(mark)
  }
  const end = (event: Event) => {
    stop.abort()
    mark.remove()
    for (const one of moved) one.classList.remove('dragged')
    if (event.type === 'pointerup' && spot) send(row, others, spot)
  }
  const stop = new AbortController()
  const { signal } = stop
  handle.addEventListener('pointermove', move, { signal })
  for (const type of ['pointerup', 'pointercancel']) handle.addEventListener(type, end, { signal })
  addEventListener('keydown', event => event.key === 'Escape' && end(event), { signal })
}

function rowsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('li[data-id]')]
}

function depthOf(row: HTMLElement | undefined): number {
  return Number(row?.dataset.depth ?? -1)
}

function below(row: HTMLElement): HTMLElement[] {
  const rows: HTMLElement[] = []
  for (let next = row.nextElementSibling; next instanceof HTMLElement; next = next.nextElementSibling) {
    if (depthOf(next) <= depthOf(row)) break
    rows.push(next)
  }
  return rows
}

/** Before which of the other rows, and how deep: only as deep as the row above can hold, and as the one below demands. */
function spotAt(event: PointerEvent, start: PointerEvent, row: HTMLElement, others: readonly HTMLElement[]): Spot {
  const isCategory = row.dataset.kind === 'category'
  const found = others.findIndex(one => middleOf(one) > event.clientY && (!isCategory || depthOf(one) === 0))
  const at = found < 0 ? others.length : Math.max(found, isCategory ? 0 : 1)
  if (isCategory) return { at, depth: 0 }
  const [above, next] = [others[at - 1], others[at]]
  const deepest = depthOf(above) + (above?.dataset.kind === 'link' ? 0 : 1)
  const wanted = depthOf(row) + Math.round((event.clientX - start.clientX) / step)
  return { at, depth: Math.max(1, depthOf(next), Math.min(deepest, wanted)) }
}

function middleOf(row: HTMLElement): number {
  const { top, height } = row.getBoundingClientRect()
  return top + height / 2
}

function scrollAlong(y: number): void {
  if (y < edge) scrollBy(0, y - edge)
  if (y > innerHeight - edge) scrollBy(0, y - innerHeight + edge)
}

function send(row: HTMLElement, others: readonly HTMLElement[], { at, depth }: Spot): void {
  const parent = others.slice(0, at).findLast(one => depthOf(one) === depth - 1)
  const before = others[at] && depthOf(others[at]) === depth ? others[at] : undefined
  const form = document.createElement('form')
  form.method = 'post'
  form.action = `/admin/forums/${row.dataset.id}/place`
  const fields = { parent: depth === 0 ? '' : (parent?.dataset.id ?? ''), before: before?.dataset.id ?? '' }
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name, value })
    form.append(field)
  }
  document.body.append(form)
  form.submit()
}
