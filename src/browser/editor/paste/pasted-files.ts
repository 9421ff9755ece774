import type { Slice } from '@tiptap/pm/model'
import type { EditorView } from '@tiptap/pm/view'
import type { Beside } from '../beside/beside.ts'
import { insertFiles } from '../images/uploading.ts'
import { isOwn } from '../schema/image.ts'

/**
 * What becomes of files and pictures that are pasted or dropped: who may upload gets them uploaded where they stand, who
 * may not is told what they may do instead. How many pictures were left out is said, too.
 */
export function pastedFiles({ say, uploads }: Beside, openImage: (address: string) => void) {
  let files: readonly File[] = []
  let isDrop = false
  let left = 0

  const refuse = (all: readonly File[], address: string) =>
    say.show(all.some(isImage) ? 'images' : 'files', () => openImage(address))

  const sayLeftOut = () => {
    say.hide('images')
    say.hide('left-out')
    if (left > 0) say.show(uploads ? 'left-out' : 'images', () => openImage(''), { count: left })
    left = 0
  }

  return {
    /** Before the editor reads what comes. */
    begin(event: ClipboardEvent | DragEvent): void {
      isDrop = event instanceof DragEvent
      files = [...(dataOf(event)?.files ?? [])]
      left = 0
    },
    /** The numbers of uploads for pictures that cannot stay where they are; null: it has to be left out. */
    take(sources: readonly string[]): (string | null)[] {
      const own = sources.map(src => fileIn(src))
      const others = own.filter(file => !file).length
      // Programs hand over pictures that lie on the disk in the order in which they stand in the text.
      const beside = isDrop || files.length !== others ? [] : [...files]
      const ids = own.map(file => {
        const found = file ?? beside.shift()
        return found && uploads && !(isDrop && files.length > 0) ? uploads.add(found).id : null
      })
      left = ids.filter(id => id === null).length
      return ids
    },
    /** Whether that was all there is to do about what was pasted. */
    onPaste(view: EditorView, event: ClipboardEvent, slice: Slice): boolean {
      const isAll = files.length > 0 && isOnlyFiles(event, files) && isBare(slice)
      const src = pictureIn(slice)
      if (!isAll || src === null || (src !== undefined && isOwn(src))) {
        sayLeftOut()
        return false
      }
      left = 0
      sayLeftOut()
      if (uploads) insertFiles(view, uploads, files)
      else refuse(files, src ?? '')
      return true
    },
    onDrop(view: EditorView, event: DragEvent, slice: Slice, moved: boolean): boolean {
      if (moved || files.length === 0 || isOwn(pictureIn(slice) ?? '')) {
        sayLeftOut()
        return false
      }
      event.preventDefault()
      left = 0
      sayLeftOut()
      const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos
      if (uploads) insertFiles(view, uploads, files, at)
      else refuse(files, pictureIn(slice) ?? '')
      return true
    },
  }
}

function dataOf(event: ClipboardEvent | DragEvent): DataTransfer | null {
  return event instanceof DragEvent ? event.dataTransfer : event.clipboardData
}

function isImage({ type }: File): boolean {
  return type.startsWith('image/')
}

/** Some systems put the names of files beside them; a text with a picture of itself is a text. */
function isOnlyFiles({ clipboardData }: ClipboardEvent, files: readonly File[]): boolean {
  const text = clipboardData?.getData('text/plain').trim() ?? ''
  return text === '' || text === files.map(({ name }) => name).join('\n')
}

/** Nothing but one picture, or words that only name it. */
function isBare({ content }: Slice): boolean {
  let images = 0
  let others = 0
  content.descendants(({ isLeaf, isText, type }) => {
    if (type.name === 'image') images++
    else if (isLeaf && !isText) others++
  })
  return images < 2 && others === 0
}

/** The address of the picture in it; null for one that is on its way already; undefined where there is none. */
function pictureIn(slice: Slice): string | null | undefined {
  let src: string | null | undefined
  slice.content.descendants(node => {
    if (node.type.name === 'image') src = node.attrs.src
  })
  return src
}

/** The picture that stands in the address itself. */
function fileIn(src: string): File | null {
  const [, type = '', data] = /^data:(image\/[\w.+-]+);base64,([\w+/=\s%]*)$/i.exec(src) ?? []
  if (!data) return null
  try {
    const bytes = Uint8Array.from(atob(decodeURIComponent(data)), sign => sign.charCodeAt(0))
    return new File([bytes], `image.${type.slice(6).replace(/\W.*/, '')}`, { type })
  } catch {
    return null
  }
}
