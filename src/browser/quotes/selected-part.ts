/** Words that are selected in one post. */
export type Part = {
  /** The number of the post that they are taken from: of the quoted one, inside of its quote. */
  readonly post: string
  readonly html: string
  readonly prose: Element
  /** Where the selection ends in the window. */
  readonly end: DOMRect
}

/** Null when nothing is selected, or more than the text of one post. */
export function selectedPart(): Part | null {
  const selection = getSelection()
  if (!selection || selection.isCollapsed || selection.toString().trim() === '') return null
  const range = selection.getRangeAt(0).cloneRange()
  const prose = elementOf(range.startContainer)?.closest('.prose')
  const article = prose?.closest('article.post')
  if (!prose || !article?.contains(range.endContainer)) return null
  // Three clicks on the last paragraph end behind the text.
  if (!prose.contains(range.endContainer)) range.setEnd(prose, prose.childNodes.length)
  const end = [...range.getClientRects()].at(-1)
  const quote = elementOf(range.commonAncestorContainer)?.closest<HTMLElement>('blockquote[data-post]')
  const post = quote?.dataset.post ?? article.id.slice('post-'.length)
  return end ? { post, html: htmlOf(range, quote ?? prose), prose, end } : null
}

/** With the elements around it up to the root, so that an item is still in its list. */
function htmlOf(range: Range, root: Element): string {
  let part: Node = range.cloneContents()
  for (let at = elementOf(range.commonAncestorContainer); at && at !== root; at = at.parentElement) {
    const shell = at.cloneNode(false) as Element
    shell.append(part)
    part = shell
  }
  const whole = document.createElement('div')
  whole.append(part)
  for (const own of whole.querySelectorAll('button, :scope > header')) own.remove()
  return whole.innerHTML
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement
}
