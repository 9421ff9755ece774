/** What we use of the elements that turndown hands to its rules. */
export interface DomNode {
  readonly nodeName: string
  readonly nodeValue: string | null
  readonly textContent: string
  readonly parentNode: DomNode
  readonly previousSibling: DomNode | null
  readonly nextSibling: DomNode | null
  readonly firstChild: DomNode | null
  readonly childNodes: ArrayLike<DomNode>
  getAttribute(name: string): string | null
  hasAttribute(name: string): boolean
  getElementsByTagName(name: string): ArrayLike<DomNode>
}

export type Rule = (content: string, node: DomNode) => string

export function hasClass(node: DomNode, name: string): boolean {
  return node.getAttribute('class') === name
}
