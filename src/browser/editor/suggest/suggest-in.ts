import { Suggesting } from './suggesting.ts'

const boxes = new WeakSet<HTMLElement>()
let parts: Promise<HTMLElement> | undefined

/** From now on names of members and emoji are offered in this box, whichever editor is in it. */
export async function suggestIn(box: HTMLElement): Promise<void> {
  if (boxes.has(box)) return
  boxes.add(box)
  parts ??= loadPart()
  try {
    new Suggesting(box, (await parts).cloneNode() as HTMLElement)
  } catch {
    parts = undefined
    boxes.delete(box)
  }
}

/** The list without anything in it, when its style has come. */
async function loadPart(): Promise<HTMLElement> {
  const answer = await fetch('/compose/suggest')
  const template = document.createElement('template')
  template.innerHTML = answer.ok ? await answer.text() : ''
  const list = template.content.querySelector('ul')
  if (!list) throw new Error(`no list: ${answer.status}`)
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: list.dataset.style })
  await new Promise((resolve, reject) => {
    link.addEventListener('load', resolve)
    link.addEventListener('error', reject)
    document.head.append(link)
  })
  return list
}
