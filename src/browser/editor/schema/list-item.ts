import { InputRule } from '@tiptap/core'
import { ListItem as Item, type ListItemOptions } from '@tiptap/extension-list'
import type { Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    tasks: {
      /** Makes tasks of the items that are selected, or plain items of tasks; paragraphs become a list. */
      toggleTasks: () => ReturnType
      /** Ticks the tasks that are selected, or takes the ticks away when all have one; false where there is none. */
      tickTasks: () => ReturnType
    }
  }
}

/** An item of any list may be a task: `task` says whether it is done, and is null for others. */
export const ListItem = Item.extend<ListItemOptions & { taskDone: string }>({
  addOptions() {
    return { HTMLAttributes: {}, bulletListTypeName: 'bulletList', orderedListTypeName: 'orderedList', taskDone: '' }
  },

  addAttributes: () => ({
    task: {
      default: null,
      parseHTML: readTask,
      renderHTML: ({ task }) => (task === null ? {} : { 'data-checked': String(task) }),
    },
  }),

  addNodeView() {
    return ({ node, getPos, editor }) => {
      const dom = document.createElement('li')
      if (node.attrs.task === null) return { dom, contentDOM: dom, update: next => sameKind(node, next) }
      const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: node.attrs.task })
      box.ariaLabel = this.options.taskDone
      box.setAttribute('aria-keyshortcuts', 'Control+Alt+Enter')
      box.title = `${this.options.taskDone} (Ctrl+Alt+Enter)`
      // The focus stays in the text: on a box, Enter would send what is being written.
      box.tabIndex = -1
      box.addEventListener('mousedown', event => event.preventDefault())
      const aside = document.createElement('span')
      aside.contentEditable = 'false'
      aside.append(box)
      const contentDOM = document.createElement('div')
      dom.className = 'task'
      dom.append(aside, contentDOM)
      box.addEventListener('change', () => {
        const pos = getPos()
        if (pos === undefined) return
        editor.view.dispatch(editor.state.tr.setNodeAttribute(pos, 'task', box.checked))
      })
      return {
        dom,
        contentDOM,
        stopEvent: event => event.target === box,
        ignoreMutation: change => change.type !== 'selection' && !contentDOM.contains(change.target),
        update(next) {
          box.checked = next.attrs.task
          return sameKind(node, next)
        },
      }
    }
  },

  addCommands() {
    return {
      ...this.parent?.(),
      toggleTasks:
        () =>
        ({ chain, state }) => {
          const items = itemsIn(state)
          if (items.length === 0) return chain().toggleBulletList().command(setTasks(false)).run()
          return chain()
            .command(setTasks(items.some(({ node }) => node.attrs.task === null) ? false : null))
            .run()
        },
      tickTasks:
        () =>
        ({ tr, state }) => {
          const tasks = itemsIn(state).filter(({ node }) => node.attrs.task !== null)
          const isDone = tasks.every(({ node }) => node.attrs.task)
          for (const { pos } of tasks) tr.setNodeAttribute(pos, 'task', !isDone)
          return tasks.length > 0
        },
    }
  },

  addKeyboardShortcuts() {
    return {
      ...this.parent?.(),
      'Mod-Shift-9': () => this.editor.commands.toggleTasks(),
      'Mod-Alt-Enter': () => this.editor.commands.tickTasks(),
      Enter: () => {
        const { $from } = this.editor.state.selection
        const isTask = $from.node(-1)?.attrs.task !== null
        return this.editor.commands.splitListItem(this.name, isTask ? { task: false } : {})
      },
    }
  },

  addInputRules() {
    return [
      new InputRule({
        find: /^\[([ x]?)\]\s$/i,
        handler: ({ chain, range, match, state }) => {
          const [item] = itemsIn(state)
          const list = chain().deleteRange(range)
          if (!item) list.toggleBulletList()
          list.command(setTasks(match[1]?.toLowerCase() === 'x')).run()
        },
      }),
    ]
  },
})

function sameKind(node: Node, next: Node): boolean {
  return next.type === node.type && (next.attrs.task === null) === (node.attrs.task === null)
}

function readTask(element: HTMLElement): boolean | null {
  if (element.dataset.checked !== undefined) return element.dataset.checked === 'true'
  const box = element.querySelector<HTMLInputElement>(
    ':scope > input[type=checkbox], :scope > :is(label, p, span) > input[type=checkbox], :scope > p > label > input[type=checkbox]',
  )
  return box ? box.hasAttribute('checked') : null
}

/** The items whose own text is selected. */
export function itemsIn({ doc, selection: { from, to } }: Pick<EditorState, 'doc' | 'selection'>) {
  const found = new Map<number, Node>()
  doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isTextblock) return true
    const $pos = doc.resolve(pos)
    if ($pos.parent.type.name === 'listItem') found.set($pos.before(), $pos.parent)
    return false
  })
  return [...found].map(([pos, node]) => ({ pos, node }))
}

function setTasks(task: boolean | null) {
  return ({ tr }: { tr: Transaction }) => {
    for (const { pos } of itemsIn(tr)) tr.setNodeAttribute(pos, 'task', task)
    return true
  }
}
