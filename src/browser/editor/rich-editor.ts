import { Editor } from '@tiptap/core'
import { caretAt, caretIn } from './caret.ts'
import { embedding } from './embedding.ts'
import { notices } from './notices.ts'
import { pasting } from './paste/pasting.ts'
import { extensionsWith } from './schema/extensions.ts'
import { sending } from './sending.ts'
import { imageDialog } from './tools/image-dialog.ts'
import { linkDialog } from './tools/link-dialog.ts'
import { toolbar } from './tools/toolbar.ts'

/** What the page gives to the editor. Nothing here comes from a module of main.ts, which would become a file of its own. */
export type Host = {
  /** The box around the field. */
  readonly element: HTMLElement
  readonly field: HTMLTextAreaElement
  /** The view `writing/tools`. */
  readonly tools: string
  /** Is told the text as it is now. */
  readonly onChange: (text: string) => void
}

export type RichEditor = {
  html(): string
  /** Whether it says something else than in the beginning. */
  isChanged(): boolean
  /** More text below what is there, and the caret below that. */
  add(html: string): void
  /** Takes it out of the page. */
  close(): void
}

/** Puts the editor in the place of the field, with this text in it; caret and focus come along. */
export function openRichEditor(host: Host, html: string): RichEditor {
  const { element, field } = host
  const hadFocus = document.activeElement === field
  const caret = caretIn(field)
  const tools = toolsFrom(host)
  const mount = document.createElement('div')
  field.before(...tools.top, mount)
  field.after(tools.said, tools.keys)
  document.body.append(...tools.dialogs)
  const say = notices(tools.said, tools.root)
  const openImage = imageDialog(tools.dialogs)
  const paste = pasting(say, address => openImage(editor, address))
  const editor = new Editor({
    element: mount,
    injectCSS: false,
    content: html,
    extensions: [
      ...extensionsWith({ placeholder: field.placeholder, words: tools.words }),
      paste.extension,
      sending(field),
      embedding(say),
    ],
    enablePasteRules: [],
    editorProps: {
      attributes: attributesOf(field, tools.keys),
      handleDOMEvents: { click: leadNowhere },
      ...roomForCaret(),
      ...paste.props,
    },
  })
  const openedAs = htmlOf(editor)
  editor.on('update', () => host.onChange(textOf(editor)))
  const removeToolbar = toolbar(editor, tools.top, { link: linkDialog(tools.dialogs), image: openImage })
  const removeLabel = followLabel(field, editor)
  if (hadFocus) {
    editor.view.dispatch(editor.state.tr.setSelection(caretAt(editor.state.doc, caret)))
    // Not by a command: those wait for the next frame, and what is typed until then would be lost.
    editor.view.focus()
  }
  element.dataset.rich = ''
  host.onChange(textOf(editor))
  return {
    html: () => htmlOf(editor),
    isChanged: () => htmlOf(editor) !== openedAs,
    add: more => addBelow(editor, more),
    close() {
      removeToolbar()
      removeLabel()
      editor.destroy()
      for (const part of [...tools.top, tools.said, tools.keys, ...tools.dialogs, mount]) part.remove()
      delete element.dataset.rich
    },
  }
}

/** Where the tools stay above the text while the page goes on below them, the caret must not go under them. Pixels. */
function roomForCaret() {
  if (!matchMedia('(pointer: coarse)').matches) return {}
  const room = { top: 104, right: 5, bottom: 5, left: 5 }
  return { scrollMargin: room, scrollThreshold: room }
}

/** Links lead away from what is being written, and hidden paragraphs stay open. */
function leadNowhere(_view: unknown, event: Event): void {
  if (event.target instanceof Element && event.target.closest('a, summary')) event.preventDefault()
}

/** Without the empty lines at the end, which say nothing. */
function htmlOf(editor: Editor): string {
  return editor.getHTML().replace(/(?:<p><\/p>)+$/, '')
}

/** An empty line at the end gives its place. */
function addBelow(editor: Editor, html: string): void {
  const { content, lastChild } = editor.state.doc
  const isEmpty = lastChild?.type.name === 'paragraph' && lastChild.childCount === 0
  const from = isEmpty ? content.size - lastChild.nodeSize : content.size
  editor.chain().insertContentAt({ from, to: content.size }, `${html}<p></p>`).focus('end').run()
}

function textOf(editor: Editor): string {
  return editor.getText({ blockSeparator: '\n' })
}

function toolsFrom({ tools }: Host) {
  const root = document.createElement('template')
  root.innerHTML = tools
  const { content } = root
  const words = content.querySelector<HTMLElement>('[data-words]')?.dataset ?? {}
  const one = (selector: string) => content.querySelector<HTMLElement>(selector) ?? document.createElement('div')
  return {
    root: content,
    top: [...content.querySelectorAll<HTMLElement>('[data-tools]')],
    dialogs: [...content.querySelectorAll<HTMLDialogElement>('[data-dialog]')],
    said: one('[data-said]'),
    keys: one('[data-keys]'),
    words: { taskDone: words.taskDone ?? '' },
  }
}

/** What the field says of itself to those who do not see it. */
function attributesOf(field: HTMLTextAreaElement, keys: HTMLElement): Record<string, string> {
  const invalid = field.getAttribute('aria-invalid')
  const label = field.labels?.[0]?.textContent?.trim() ?? field.placeholder
  return {
    ...(invalid ? { 'aria-invalid': invalid } : {}),
    'aria-describedby': `${field.getAttribute('aria-describedby') ?? ''} ${keys.id}`.trim(),
    class: 'rich prose',
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-label': label,
  }
}

/** Label, and link from a list of errors, lead to the field; while it is hidden, to the editor. */
function followLabel(field: HTMLTextAreaElement, editor: Editor): () => void {
  const follow = (event: Event) => {
    const target =
      event.target instanceof Element && event.target.closest(`label[for="${field.id}"], a[href="#${field.id}"]`)
    if (!target) return
    event.preventDefault()
    editor.view.focus()
  }
  document.addEventListener('click', follow)
  return () => document.removeEventListener('click', follow)
}
