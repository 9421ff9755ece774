import type { Block, Item, Mark } from './document.ts'
import type { Place } from './read-inline.ts'
import type { Element, Node } from './tree.ts'

export type ReadBlocks = (nodes: readonly Node[], place: Place, marks: readonly Mark[]) => Block[]

export function readList(list: Element, place: Place, marks: readonly Mark[], readBlocks: ReadBlocks): Block[] {
  const items = itemsOf(list).flatMap((item): Item[] => {
    const blocks = readBlocks(item.children, place, marks)
    const task = blocks[0]?.type === 'paragraph' ? taskOf(item) : null
    return blocks.length > 0 ? [{ task, blocks }] : []
  })
  const start = list.tag === 'ul' ? null : startOf(list)
  return items.length > 0 ? [{ type: 'list', start, items }] : []
}

/** Also for lists that hold lists directly, as old editors write them: those belong to the item before. */
function itemsOf(list: Element): Element[] {
  const items: Element[] = []
  for (const child of list.children) {
    const last = items.at(-1)
    if (typeof child === 'string') {
      if (child.trim() !== '') items.push(itemOf(child))
    } else if (child.tag === 'li') items.push({ ...child, children: [...child.children] })
    else if (last && /^[uo]l$/.test(child.tag)) last.children.push(child)
    else items.push(itemOf(child))
  }
  return items
}

function itemOf(child: Node): Element {
  return { tag: 'li', attributes: {}, children: [child] }
}

function startOf(list: Element): number {
  const start = Number(list.attributes.start ?? 1)
  return Number.isInteger(start) && start >= 0 && start < 1_000_000 ? start : 1
}

function taskOf(item: Element): boolean | null {
  const checked = item.attributes['data-checked']
  if (checked !== undefined) return checked === 'true'
  const box = boxAtBeginning(item)
  return box ? 'checked' in box.attributes : null
}

function boxAtBeginning(element: Element): Element | null {
  const first = element.children.find(child => typeof child !== 'string' || child.trim() !== '')
  if (first === undefined || typeof first === 'string') return null
  if (first.tag === 'input') return first.attributes.type === 'checkbox' ? first : null
  return ['p', 'div', 'label', 'span'].includes(first.tag) ? boxAtBeginning(first) : null
}
