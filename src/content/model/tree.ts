import { Parser } from 'htmlparser2'

export type Element = {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Node[]
}

export type Node = Element | string

/** The elements and texts of HTML, entities decoded and every element closed. */
export function parseTree(html: string): Node[] {
  const root: Element = { tag: '', attributes: {}, children: [] }
  const open = [root]
  const parser = new Parser({
    onopentag(tag, attributes) {
      const element: Element = { tag, attributes, children: [] }
      open.at(-1)?.children.push(element)
      open.push(element)
    },
    ontext: text => addText(open.at(-1)?.children ?? [], text),
    onclosetag: () => void open.pop(),
  })
  parser.end(html)
  return root.children
}

/** The parser hands out a text in parts, one for each entity. */
function addText(children: Node[], text: string): void {
  const last = children.at(-1)
  if (typeof last === 'string') children[children.length - 1] = last + text
  else children.push(text)
}

export function hasClass(element: Element, name: string): boolean {
  return element.attributes.class?.split(/\s+/).includes(name) ?? false
}

/** The text inside, line breaks included. */
export function textOf(node: Node): string {
  if (typeof node === 'string') return node
  return node.tag === 'br' ? '\n' : node.children.map(textOf).join('')
}
