import { Extension } from '@tiptap/core'
import { closeHistory } from '@tiptap/pm/history'
import type { Node, Slice } from '@tiptap/pm/model'
import { Plugin, TextSelection, type Transaction } from '@tiptap/pm/state'
import { Mapping, type Step } from '@tiptap/pm/transform'
import type { EditorProps, EditorView } from '@tiptap/pm/view'
import type { Beside } from '../beside/beside.ts'
import { cleanHtml } from './clean-html.ts'
import { pastedFiles } from './pasted-files.ts'
import { plainSlice } from './plain-text.ts'

type Pasted = {
  /** Where it stands now. */
  readonly from: number
  readonly to: number
  readonly text: string
  /** What takes it back, and what was changed after it. */
  readonly undoing: readonly Step[]
  readonly since: Mapping
}

/**
 * What happens to what is pasted and dropped: formatted text comes in clean, with the offer to have it plain instead; for
 * pictures see `pastedFiles`.
 */
export function pasting(beside: Beside, openImage: (address: string) => void) {
  const { say } = beside
  const files = pastedFiles(beside, openImage)
  let offered = ''
  let pasted: Pasted | null = null
  let isNew = false

  const props: EditorProps = {
    transformPastedHTML: html => cleanHtml(html, files.take),
    clipboardTextParser: (text, $context, _plain, view) => plainSlice(text, $context, view.state.schema),
    handlePaste(view, event, slice) {
      if (files.onPaste(view, event, slice)) return true
      offered = isRich(slice) ? (event.clipboardData?.getData('text/plain') ?? '') : ''
      // What was typed just before stays when the paste is undone.
      view.dispatch(closeHistory(view.state.tr))
      return false
    },
    handleDrop: files.onDrop,
  }
  const begin = (_view: EditorView, event: ClipboardEvent | DragEvent) => files.begin(event)

  /** Follows what was pasted through later changes. */
  const plugin = new Plugin({
    props: { handleDOMEvents: { paste: begin, drop: begin } },
    state: {
      init: () => null,
      apply(tr) {
        if (!tr.docChanged) return null
        if (tr.getMeta('paste')) {
          pasted = offered ? { ...rangeOf(tr), text: offered, undoing: inverseOf(tr), since: new Mapping() } : null
          isNew = pasted !== null
        } else if (pasted) pasted = movedBy(tr, pasted)
        return null
      },
    },
    view: () => ({
      update(view) {
        if (pasted && isNew) say.show('pasted', () => makePlain(view))
        else if (!pasted) say.hide('pasted')
        isNew = false
      },
    }),
  })

  /** As if only the text had been pasted; what else was written since stays. It can be undone by itself. */
  const makePlain = (view: EditorView) => {
    if (!pasted) return
    const { from, to, text, undoing, since } = pasted
    const tr = closeHistory(view.state.tr)
    for (const step of undoing) {
      const moved = step.map(since)
      if (moved) tr.maybeStep(moved)
    }
    const [start, end] = [tr.mapping.map(from, -1), tr.mapping.map(to, 1)]
    tr.setSelection(TextSelection.between(tr.doc.resolve(start), tr.doc.resolve(end)))
    const lost = typedSince(view.state.doc, since, pos => {
      const moved = tr.mapping.mapResult(pos)
      return moved.deletedAcross || (moved.pos >= start && moved.pos < end)
    })
    tr.replaceSelection(plainSlice(text.trimEnd() + lost, tr.selection.$from, view.state.schema))
    pasted = null
    view.dispatch(tr.scrollIntoView())
    view.focus()
  }

  return { props, extension: Extension.create({ name: 'pasting', addProseMirrorPlugins: () => [plugin] }) }
}

/** What takes the steps back, the last one first. */
function inverseOf({ steps, docs }: Transaction): Step[] {
  return steps.flatMap((step, at) => (docs[at] ? [step.invert(docs[at])] : [])).reverse()
}

/** What was typed after the paste within it, and would go with it. */
function typedSince(doc: Node, since: Mapping, isGoing: (pos: number) => boolean): string {
  let text = ''
  since.maps.forEach((map, at) => {
    const rest = since.slice(at + 1)
    map.forEach((_oldStart, _oldEnd, newStart, newEnd) => {
      const [from, to] = [rest.map(newStart, 1), rest.map(newEnd, -1)]
      if (from < to && isGoing(from)) text += doc.textBetween(from, to, '\n')
    })
  })
  return text
}

function rangeOf({ mapping }: Transaction): { from: number; to: number } {
  let from = Number.POSITIVE_INFINITY
  let to = 0
  for (const map of mapping.maps) {
    map.forEach((_oldStart, _oldEnd, newStart, newEnd) => {
      from = Math.min(from, newStart)
      to = Math.max(to, newEnd)
    })
  }
  return { from, to }
}

/** Null when nothing of it is left. */
function movedBy({ mapping }: Transaction, pasted: Pasted): Pasted | null {
  const from = mapping.map(pasted.from, 1)
  const to = mapping.map(pasted.to, -1)
  pasted.since.appendMapping(mapping)
  return from < to ? { ...pasted, from, to } : null
}

/** Whether it is more than words: a bare address that was made a link is not. */
function isRich(slice: Slice): boolean {
  let rich = false
  slice.content.descendants(node => {
    const isPlain = ['paragraph', 'text', 'hardBreak'].includes(node.type.name)
    const marks = node.marks.filter(mark => mark.type.name !== 'link' || mark.attrs.href !== node.text)
    rich ||= !isPlain || marks.length > 0
    return !rich
  })
  return rich
}
