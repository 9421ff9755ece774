import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { Notice, Say } from './beside/notices.ts'

/** An address that has a line to itself. */
type Lonely = { readonly from: number; readonly to: number; readonly address: string }

/** Milliseconds without a change, after which an address is taken for complete. */
const pause = 400

/**
 * Says when an address that somebody wrote on a line of its own is shown as more than a link, or may be when its page has
 * been read, with the offer to leave it a link. The choice is the link's own: it is kept with it (`bare`, see schema/link.ts).
 */
export function embedding(say: Say): Extension {
  const asked = new Map<string, Promise<Notice | null>>()
  let known: readonly Lonely[] = []
  let offered: Lonely | null = null
  let waiting: ReturnType<typeof setTimeout> | undefined

  const noticeFor = (address: string) => {
    const answer = asked.get(address) ?? ask(address)
    asked.set(address, answer)
    return answer
  }

  const look = async (view: EditorView) => {
    const found = lonelyLinks(view.state.doc)
    const fresh = found.filter(one => !known.some(other => other.from === one.from && other.address === one.address))
    known = found
    for (const one of fresh.reverse()) {
      const notice = await noticeFor(one.address)
      if (!notice || view.isDestroyed) continue
      const now = standing(view, known.find(other => other.address === one.address) ?? one)
      if (!now) continue
      offered = now
      say.hide(notice === 'embedded' ? 'card-later' : 'embedded')
      say.show(notice, () => leaveAsLink(view))
      return
    }
  }

  const leaveAsLink = (view: EditorView) => {
    const place = offered && standing(view, offered)
    offered = null
    const { link } = view.state.schema.marks
    if (!place || !link) return
    const { from, to, address } = place
    const tr = view.state.tr.removeMark(from, to, link).addMark(from, to, link.create({ href: address, bare: false }))
    view.dispatch(tr.setMeta('preventAutolink', true))
    view.focus()
  }

  const plugin = new Plugin({
    state: {
      init(_config, { doc }) {
        known = lonelyLinks(doc)
      },
      apply({ docChanged, mapping }) {
        if (!docChanged) return
        known = known.map(one => moved(one, mapping))
        offered = offered && moved(offered, mapping)
      },
    },
    view: () => ({
      update(view, { doc }) {
        if (view.state.doc.eq(doc)) return
        if (offered && !standing(view, offered)) {
          offered = null
          say.hide('embedded')
          say.hide('card-later')
        }
        clearTimeout(waiting)
        waiting = setTimeout(() => void look(view), pause)
      },
      destroy: () => clearTimeout(waiting),
    }),
  })
  return Extension.create({ name: 'embedding', addProseMirrorPlugins: () => [plugin] })
}

/** Which notice is true of an address that stands alone; null: it is a link. */
async function ask(address: string): Promise<Notice | null> {
  const answer = await fetch(`/compose/embed?${new URLSearchParams({ address })}`).catch(() => null)
  const { embedded = false, later = false } = answer?.ok ? await answer.json() : {}
  return embedded ? 'embedded' : later ? 'card-later' : null
}

function moved(one: Lonely, mapping: { map(pos: number, side: number): number }): Lonely {
  return { ...one, from: mapping.map(one.from, 1), to: mapping.map(one.to, -1) }
}

/** The same link as it stands now, if it still does. */
function standing({ state: { doc } }: EditorView, { from, address }: Lonely): Lonely | undefined {
  return lonelyLinks(doc).find(one => one.from === from && one.address === address)
}

/** Where addresses stand alone on a line that is not part of a quote, a list or a table. */
function lonelyLinks(doc: Node): Lonely[] {
  const found: Lonely[] = []
  doc.descendants((node, pos) => {
    if (node.type.name === 'paragraph') found.push(...linesOf(node, pos + 1))
    return node.type.name === 'spoiler'
  })
  return found
}

function linesOf(paragraph: Node, start: number): Lonely[] {
  const lines: { node: Node; from: number }[][] = [[]]
  paragraph.forEach((node, offset) => {
    if (node.type.name === 'hardBreak') lines.push([])
    else if (!node.isText || node.text?.trim()) lines.at(-1)?.push({ node, from: start + offset })
  })
  return lines.flatMap(([first, ...others]) => {
    const text = first?.node.text ?? ''
    if (!first || others.length > 0 || !isBare(first.node)) return []
    const lead = text.length - text.trimStart().length
    const typed = text.trim()
    const address = /^www\./i.test(typed) ? `https://${typed}` : typed
    const from = first.from + lead
    return /^https?:\/\/\S+$/i.test(address) ? [{ from, to: from + typed.length, address }] : []
  })
}

/** Words alone, or an address that was made a link because it is one. */
function isBare({ isText, marks }: Node): boolean {
  return isText && marks.every(mark => mark.type.name === 'link' && mark.attrs.bare)
}
