import { Extension } from '@tiptap/core'
import type { Slice } from '@tiptap/pm/model'
import { Plugin, TextSelection } from '@tiptap/pm/state'
import type { EditorProps, EditorView } from '@tiptap/pm/view'
import type { Say } from '../notices.ts'
import { cleanHtml } from './clean-html.ts'
import { plainSlice } from './plain-text.ts'

type Range = { from: number; to: number }

/**
 * What happens to what is pasted and dropped: formatted text comes in clean, with the offer to have it plain instead;
 * pictures do not come in, with the offer to insert one by its address.
 */
export function pasting(say: Say, openImage: (address: string) => void) {
  let offer: { text: string; isRich: boolean } | null = null
  let leftOut = false
  let pasted: (Range & { text: string }) | null = null

  const refuseImages = (address = '') => say.show('images', () => openImage(address))

  const props: EditorProps = {
    transformPastedHTML(html) {
      const cleaned = cleanHtml(html)
      leftOut = cleaned.images > 0
      return cleaned.html
    },
    clipboardTextParser: (text, $context, _plain, view) => plainSlice(text, $context, view.state.schema),
    handlePaste(_view, event, slice) {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      const isOnlyImage = slice.content.size === 0 || isLonelyImage(slice)
      if (hasImage(event.clipboardData) && text === '' && isOnlyImage) {
        refuseImages(addressIn(slice))
        return true
      }
      if (leftOut) refuseImages()
      leftOut = false
      offer = { text, isRich: isRich(slice) }
      return false
    },
    handleDrop(_view, event, _slice, moved) {
      if (moved || !hasImage(event.dataTransfer)) return false
      event.preventDefault()
      refuseImages()
      return true
    },
  }

  /** Follows what was pasted through later changes, until the notice goes. */
  const plugin = new Plugin({
    state: {
      init: () => null,
      apply(tr) {
        if (!tr.docChanged) return null
        if (pasted) {
          const from = tr.mapping.map(pasted.from, 1)
          const to = tr.mapping.map(pasted.to, -1)
          pasted = from < to ? { ...pasted, from, to } : null
        }
        if (tr.getMeta('paste')) pasted = offer?.isRich && offer.text ? { ...insertedBy(tr), text: offer.text } : null
        return null
      },
    },
    view: () => ({
      update(view, before) {
        if (before.doc.eq(view.state.doc)) return
        if (offer && pasted && offer.text === pasted.text) say.show('pasted', () => makePlain(view))
        else if (!pasted) say.hide('pasted')
        offer = null
      },
    }),
  })

  /** Only that paste; the step can be undone by itself. */
  const makePlain = (view: EditorView) => {
    if (!pasted) return
    const { from, to, text } = pasted
    pasted = null
    const { tr } = view.state
    const selection = TextSelection.between(tr.doc.resolve(from), tr.doc.resolve(to))
    view.dispatch(tr.setSelection(selection).setMeta('addToHistory', false))
    view.focus()
    const { $from } = view.state.selection
    view.dispatch(view.state.tr.replaceSelection(plainSlice(text, $from, view.state.schema)).scrollIntoView())
  }

  return { props, extension: Extension.create({ name: 'pasting', addProseMirrorPlugins: () => [plugin] }) }
}

function insertedBy(tr: {
  mapping: { maps: readonly { forEach(f: (a: number, b: number, c: number, d: number) => void): void }[] }
}): Range {
  let from = Number.POSITIVE_INFINITY
  let to = 0
  for (const map of tr.mapping.maps) {
    map.forEach((_oldStart, _oldEnd, newStart, newEnd) => {
      from = Math.min(from, newStart)
      to = Math.max(to, newEnd)
    })
  }
  return { from, to }
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

function hasImage(data: DataTransfer | null): boolean {
  return [...(data?.files ?? [])].some(({ type }) => type.startsWith('image/'))
}

function isLonelyImage({ content }: Slice): boolean {
  let images = 0
  let others = 0
  content.descendants(node => {
    if (node.type.name === 'image') images++
    else if (node.isLeaf) others++
  })
  return images === 1 && others === 0
}

function addressIn({ content }: Slice): string {
  let src = ''
  content.descendants(node => {
    if (node.type.name === 'image') src = node.attrs.src
  })
  return src
}
