import { Mark, markInputRule, Node } from '@tiptap/core'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    spoiler: {
      /** Hides the words that are selected, or else the paragraphs. */
      toggleSpoiler: () => ReturnType
    }
  }
}

/** Hidden words. */
export const InlineSpoiler = Mark.create({
  name: 'inlineSpoiler',
  parseHTML: () => [{ tag: 'span.spoiler' }],
  renderHTML: () => ['span', { class: 'spoiler' }, 0],
  addInputRules() {
    return [markInputRule({ find: /(?:^|\s)(\|\|(?!\s)([^|]+?)\|\|)$/, type: this.type })]
  },
})

/** Hidden paragraphs. While one writes they are open, whatever is clicked. */
export const Spoiler = Node.create({
  name: 'spoiler',
  group: 'block',
  content: 'block+',
  defining: true,
  parseHTML: () => [{ tag: 'details' }, { tag: 'details.spoiler > summary', ignore: true, priority: 100 }],
  renderHTML: () => [
    'details',
    { class: 'spoiler', open: '' },
    ['summary', { contenteditable: 'false', tabindex: '-1' }, 'Spoiler'],
    ['div', 0],
  ],
  addCommands() {
    return {
      toggleSpoiler:
        () =>
        ({ commands, state: { selection }, editor }) => {
          const isWords = !selection.empty && selection.$from.sameParent(selection.$to)
          if (isWords || editor.isActive('inlineSpoiler')) return commands.toggleMark('inlineSpoiler')
          return commands.toggleWrap(this.name)
        },
    }
  },
})
