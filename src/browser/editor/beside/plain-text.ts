/** Changes of a plain field that leave its caret where it is, and its undo where browsers allow that. */
export function plainText(field: HTMLTextAreaElement) {
  /** What stands in the text for a file on its way, by its number. */
  const places = new Map<string, string>()

  const replace = (from: number, to: number, words: string) => {
    const { selectionStart, selectionEnd } = field
    const isHere = document.activeElement === field
    field.setSelectionRange(from, to)
    // The only way that can be undone; and no way in a field that has not the focus.
    const isTyped =
      isHere && (words ? document.execCommand('insertText', false, words) : document.execCommand('delete'))
    if (!isTyped) {
      field.setRangeText(words, from, to, 'end')
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    const moved = (at: number) => (at <= from ? at : at >= to ? at + words.length - (to - from) : from + words.length)
    if (from !== selectionStart || to !== selectionEnd)
      field.setSelectionRange(moved(selectionStart), moved(selectionEnd))
  }
  const put = (place: string, words: string) => {
    const at = field.value.indexOf(place)
    if (at >= 0) replace(at, at + place.length, words)
  }
  const insert = (words: string) => replace(field.selectionStart, field.selectionEnd, words)
  return {
    insert,
    /** Marks where a file will stand, on a line of its own after another one. */
    hold(id: string, words: string, isNext: boolean): void {
      let place = `![${words}…]()`
      for (let n = 2; field.value.includes(place); n++) place = `![${words}… ${n}]()`
      places.set(id, place)
      insert(isNext ? `\n${place}` : place)
    },
    /** Puts these words where the mark stands, if it still does. */
    release(id: string, words: string): void {
      const place = places.get(id)
      places.delete(id)
      if (place) put(place, words)
    },
    /** Whose marks stand in the text. */
    held: () => [...places].filter(([, place]) => field.value.includes(place)).map(([id]) => id),
    without: (typed: string) => [...places.values()].reduce((text, place) => text.replace(place, ''), typed),
    /** Other words for the picture of this address, where it stands first. */
    describe(src: string, alt: string): void {
      const found = /!\[[^\]\n]*\]$/.exec(field.value.slice(0, field.value.indexOf(`(${src})`)))
      if (found) replace(found.index, found.index + found[0].length, `![${alt}]`)
    },
  }
}
