import { markInputRule } from '@tiptap/core'
import { Underline as Mark } from '@tiptap/extension-underline'

/** With the sign of our Markdown: `++words++`. */
export const Underline = Mark.extend({
  addInputRules() {
    return [markInputRule({ find: /(?:^|\s)(\+\+(?!\s)([^+]+?)\+\+)$/, type: this.type })]
  },
})
