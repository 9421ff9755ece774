import { Node } from '@tiptap/core'

/** `@Ann`, by the number of the member: one piece, which can only be taken out as a whole. */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ member: { default: null, rendered: false }, name: { default: '', rendered: false } }),
  parseHTML: () => [{ tag: 'a.mention', priority: 100, getAttrs: readMention }],
  renderHTML: ({ node: { attrs } }) => ['a', { class: 'mention', href: `/profile/${attrs.member}` }, `@${attrs.name}`],
  renderText: ({ node }) => `@${node.attrs.name}`,
})

function readMention(element: HTMLElement) {
  const href = (element.getAttribute('href') ?? '').replace(location.origin, '')
  const member = /^\/profile\/([1-9]\d*)(?:-[^/?#]*)?\/?$/.exec(href)?.[1]
  return member ? { member, name: (element.textContent ?? '').replace(/^@\s*/, '') } : false
}
