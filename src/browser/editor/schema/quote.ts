import { Node, wrappingInputRule } from '@tiptap/core'
import type { DOMOutputSpec } from '@tiptap/pm/model'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    quote: {
      toggleQuote: () => ReturnType
    }
  }
}

/** A quote; one that was taken from a post says whose it is and keeps that. */
export const Quote = Node.create({
  name: 'quote',
  group: 'block',
  content: 'block+',
  defining: true,

  addAttributes: () => ({ post: { default: null, rendered: false }, name: { default: '', rendered: false } }),

  parseHTML: () => [
    { tag: 'blockquote', getAttrs: readAttribution },
    { tag: 'blockquote[data-post] > header', ignore: true, priority: 100 },
  ],

  renderHTML({ node: { attrs } }): DOMOutputSpec {
    if (attrs.post === null) return ['blockquote', { class: 'quote' }, 0]
    const link = ['a', { href: `/post/${attrs.post}` }, `${attrs.name} wrote:`] as const
    return [
      'blockquote',
      { class: 'quote', 'data-post': attrs.post },
      ['header', { contenteditable: 'false' }, link],
      ['div', 0],
    ]
  },

  addCommands() {
    return {
      toggleQuote:
        () =>
        ({ commands }) =>
          commands.toggleWrap(this.name),
    }
  },

  addKeyboardShortcuts() {
    return { 'Mod-Shift-b': () => this.editor.commands.toggleQuote() }
  },

  addInputRules() {
    return [wrappingInputRule({ find: /^\s*>\s$/, type: this.type })]
  },
})

function readAttribution(element: HTMLElement) {
  const post = /^[1-9]\d*$/.exec(element.dataset.post ?? '')?.[0]
  const name = element
    .querySelector(':scope > header a')
    ?.textContent?.trim()
    .replace(/ wrote:$/, '')
  return post && name ? { post, name } : { post: null, name: '' }
}
