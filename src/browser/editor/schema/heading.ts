import { textblockTypeInputRule } from '@tiptap/core'
import { Heading as Node } from '@tiptap/extension-heading'

/** Two sizes; the page around a post has the larger ones. */
export const Heading = Node.extend({
  parseHTML: () => [
    ...['h1', 'h2', 'h3'].map(tag => ({ tag, attrs: { level: 3 } })),
    ...['h4', 'h5', 'h6'].map(tag => ({ tag, attrs: { level: 4 } })),
  ],
  addInputRules() {
    const rule = (find: RegExp, level: number) =>
      textblockTypeInputRule({ find, type: this.type, getAttributes: { level } })
    return [rule(/^#{1,2}\s$/, 3), rule(/^#{3,6}\s$/, 4)]
  },
}).configure({ levels: [3, 4] })
