import { Node, nodeInputRule } from '@tiptap/core'

/** A picture from the web, in a line like a word. */
export const Image = Node.create({
  name: 'image',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => ({ src: { default: null }, alt: { default: '' } }),
  parseHTML: () => [{ tag: 'img[src^="http"]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
  renderText: ({ node }) => node.attrs.alt,
  addInputRules() {
    return [
      nodeInputRule({
        find: /(?:^|\s)(!\[([^\]]*)\]\((https?:\/\/[^\s)]+)\))$/,
        type: this.type,
        getAttributes: ([, , alt, src]) => ({ src, alt }),
      }),
    ]
  },
})
