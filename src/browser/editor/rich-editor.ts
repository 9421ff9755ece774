import { Editor } from '@tiptap/core'
import type { Beside } from './beside/beside.ts'
import { caretAt, caretIn } from './caret.ts'
import { embedding } from './embedding.ts'
import type { EmojiPlace } from './emoji/picker.ts'
import { pictureView } from './images/picture-view.ts'
import { insertFiles, uploading } from './images/uploading.ts'
import { pasting } from './paste/pasting.ts'
import { extensionsWith } from './schema/extensions.ts'
import { tidySrc } from './schema/image.ts'
import { sending } from './sending.ts'
import { linkDialog } from './tools/link-dialog.ts'
import { toolbar } from './tools/toolbar.ts'

/** What the page gives to the editor. Nothing here comes from a module of main.ts, which would become a file of its own. */
export type Host = {
  /** The box around the field. */
  readonly element: HTMLElement
  readonly field: HTMLTextAreaElement
  readonly beside: Beside
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
  const { element, field, beside } = host
  const hadFocus = document.activeElement === field
  const caret = caretIn(field)
  const { top, say, words } = beside
  const mount = document.createElement('div')
  field.before(top, mount)
  field.after(beside.said, beside.told, beside.keys)
  document.body.append(...beside.dialogs)
  const paste = pasting(beside, address => void openImage(editor, address))
  const openImage = (into: Editor, src?: string) => askForImage(into, beside, src)
  const editor = new Editor({
    element: mount,
    injectCSS: false,
    content: html,
    extensions: [
      ...extensionsWith({
        placeholder: field.placeholder,
        words: { taskDone: words.taskDone ?? '' },
        image: { view: pictureView(beside), isKnown: upload => beside.uploads?.find(upload) !== undefined },
      }),
      paste.extension,
      uploading(beside),
      sending(field),
      embedding(say),
    ],
    enablePasteRules: [],
    editorProps: {
      attributes: attributesOf(field, beside.keys),
      handleDOMEvents: { click: leadNowhere },
      ...roomForCaret(top),
      ...paste.props,
    },
  })
  const openedAs = htmlOf(editor)
  editor.on('update', () => host.onChange(textOf(editor)))
  const removeToolbar = toolbar(editor, [...top.querySelectorAll<HTMLElement>('[data-tools]')], {
    link: linkDialog(beside.dialog('link')),
    image: openImage,
    emoji: into => beside.pickEmoji(emojiIn(into)),
  })
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
      beside.close()
      mount.remove()
      delete element.dataset.rich
    },
  }
}

/** Where the tools stay above the text while the page goes on below them, the caret must not go under them. Pixels. */
function roomForCaret(tools: HTMLElement) {
  if (!matchMedia('(pointer: coarse)').matches) return {}
  const room = {
    ...{ right: 5, bottom: 5, left: 5 },
    get top() {
      return tools.offsetHeight + 8
    },
  }
  return { scrollMargin: room, scrollThreshold: room }
}

/** Links lead away from what is being written, and hidden paragraphs stay open. */
function leadNowhere(_view: unknown, event: Event): void {
  if (event.target instanceof Element && event.target.closest('a, summary')) event.preventDefault()
}

/** Without what is still on its way, and the empty lines at the end, which say nothing. */
function htmlOf(editor: Editor): string {
  const html = editor.getHTML().replace(/<span data-upload="[^"]*"><\/span>/g, '')
  return html.replace(/(?:<p><\/p>)+$/, '')
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

/** Where the caret is. */
function emojiIn({ view }: Editor): EmojiPlace {
  return {
    insert: emoji => view.dispatch(view.state.tr.insertText(emoji).scrollIntoView()),
    focus: () => view.focus(),
    button: () => view.dom.closest('text-editor')?.querySelector<HTMLElement>('[data-tool="emoji"]'),
  }
}

/** Puts what somebody chooses where the caret is. */
async function askForImage(editor: Editor, { askImage, uploads }: Beside, address?: string): Promise<void> {
  const chosen = await askImage(address)
  editor.view.focus()
  if (!chosen) return
  if (!('files' in chosen))
    editor.commands.insertContent({ type: 'image', attrs: { ...chosen, src: tidySrc(chosen.src) } })
  else if (uploads) insertFiles(editor.view, uploads, chosen.files)
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
