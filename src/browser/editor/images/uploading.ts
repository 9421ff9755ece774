import { Extension } from '@tiptap/core'
import { closeHistory } from '@tiptap/pm/history'
import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import { type EditorState, NodeSelection, Plugin, Selection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { Beside } from '../beside/beside.ts'
import type { Uploads } from '../beside/uploads.ts'

/**
 * Uploads stand in the text as pictures without an address, so that they move with it, and undo takes them out and brings
 * them back. When one has arrived it gets its address where it stands, which is no step of its own to undo.
 */
export function uploading(beside: Beside): Extension {
  const { uploads } = beside
  const settling = uploads && settlingOf(beside, uploads)
  return Extension.create({
    name: 'uploading',
    addProseMirrorPlugins: () => (settling ? [settling] : []),
    addKeyboardShortcuts: () => ({ Tab: ({ editor }) => leadToField(editor.view) }),
  })
}

function settlingOf(beside: Beside, uploads: Uploads): Plugin {
  return new Plugin({
    appendTransaction: (transactions, _before, state) =>
      transactions.some(({ docChanged }) => docChanged) ? settled(state, uploads) : null,
    view(view) {
      const destroy = uploads.onChange(({ kept }) => {
        const tr = kept && settled(view.state, uploads)
        // What has arrived is higher than its progress was.
        if (tr) view.dispatch(view.hasFocus() ? tr.scrollIntoView() : tr)
      })
      beside.holdBack(
        () => standingIn(view.state.doc).flatMap(({ node }) => uploads.find(node.attrs.upload) ?? []),
        () => leaveOut(view, uploads),
      )
      return { destroy }
    },
  })
}

type Standing = { readonly node: Node; readonly pos: number }

/** Pictures that have no address yet, the last one first. */
function standingIn(doc: Node): Standing[] {
  const found: Standing[] = []
  doc.descendants((node, pos) => {
    if (node.type.name === 'image' && !node.attrs.src) found.unshift({ node, pos })
  })
  return found
}

/** Gives those that have arrived their address; null: none has. */
function settled({ doc, tr }: EditorState, uploads: Uploads): Transaction | null {
  for (const { node, pos } of standingIn(doc)) {
    const kept = uploads.find(node.attrs.upload)?.kept
    if (!kept) continue
    const { src, width = null, height = null } = kept
    const attributes = kept.kind === 'image' ? { src, width, height } : { src, file: kept.name }
    for (const [name, value] of Object.entries(attributes)) tr.setNodeAttribute(pos, name, value)
  }
  return tr.docChanged ? tr.setMeta('addToHistory', false) : null
}

function leaveOut(view: EditorView, uploads: Uploads): void {
  const { tr } = view.state
  const standing = standingIn(tr.doc)
  for (const { pos } of standing) tr.delete(pos, pos + 1)
  view.dispatch(closeHistory(tr))
  for (const { node } of standing) uploads.cancel(node.attrs.upload)
}

/** Puts files into the text where the caret is, or at this place, each on a line of its own, and sends them. */
export function insertFiles(view: EditorView, uploads: Uploads, files: readonly File[], at?: number): void {
  const { image, paragraph } = view.state.schema.nodes
  if (!image || !paragraph || files.length === 0) return
  const tr = closeHistory(view.state.tr)
  if (at !== undefined) tr.setSelection(Selection.near(tr.doc.resolve(at)))
  const nodes = files.map(file => image.create({ upload: uploads.add(file).id }))
  const isText = tr.selection.$from.parent.type === paragraph
  const lines = isText ? nodes.map(node => paragraph.create(null, node)) : nodes
  tr.replaceSelection(new Slice(Fragment.from(lines), isText ? 1 : 0, isText ? 1 : 0))
  view.dispatch(tr.scrollIntoView())
  // What is typed next is undone by itself.
  view.dispatch(closeHistory(view.state.tr))
  view.focus()
}

/** From a picture that is selected to the field that asks what it shows, or to what can be done about its upload. */
function leadToField(view: EditorView): boolean {
  const { selection } = view.state
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== 'image') return false
  const dom = view.nodeDOM(selection.from)
  const parts = dom instanceof Element ? [...dom.querySelectorAll<HTMLElement>('input, button')] : []
  const first = parts.find(part => part.offsetParent)
  first?.focus()
  return first !== undefined
}
