import type { Pick, Writing } from './writing.ts'

/** A plain field, which holds Markdown. */
export function plainText(field: HTMLTextAreaElement): Writing {
  return {
    target: field,
    before() {
      const { selectionStart, selectionEnd, value } = field
      if (selectionStart !== selectionEnd) return null
      return value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart)
    },
    rect: back => rectAt(field, field.selectionStart - back),
    replace(back, pick) {
      const { selectionStart: end } = field
      field.focus()
      field.setSelectionRange(end - back, end)
      // The only way that the field's own undo knows of.
      if (!document.execCommand('insertText', false, markdownOf(pick))) {
        field.setRangeText(markdownOf(pick), end - back, end, 'end')
        field.dispatchEvent(new Event('input', { bubbles: true }))
      }
    },
  }
}

function markdownOf(pick: Pick): string {
  if ('text' in pick) return pick.text
  return `@[${pick.name.replace(/[\\[\]]/g, '\\$&')}](/profile/${pick.member}) `
}

const copied = [
  ...[
    'border-width',
    'box-sizing',
    'direction',
    'font-family',
    'font-size',
    'font-style',
    'font-weight',
    'letter-spacing',
  ],
  ...['line-height', 'padding', 'tab-size', 'text-indent', 'text-transform', 'width', 'word-spacing'],
]

/** A field does not say where its characters are: the same text in the same lines does. */
function rectAt(field: HTMLTextAreaElement, at: number) {
  const mirror = document.createElement('div')
  const style = getComputedStyle(field)
  for (const property of copied) mirror.style.setProperty(property, style.getPropertyValue(property))
  for (const [property, value] of [
    ['border-style', 'solid'],
    ['overflow-wrap', 'break-word'],
    ['position', 'fixed'],
    ['visibility', 'hidden'],
    ['white-space', 'pre-wrap'],
    ['top', '0'],
    ['left', '0'],
  ] as const)
    mirror.style.setProperty(property, value)
  const mark = document.createElement('span')
  mark.textContent = '\u200b'
  mirror.append(field.value.slice(0, at), mark)
  document.body.append(mirror)
  const [{ left, top, bottom }, outer, box] = [
    mark.getBoundingClientRect(),
    mirror.getBoundingClientRect(),
    field.getBoundingClientRect(),
  ]
  mirror.remove()
  const [x, y] = [box.left - outer.left - field.scrollLeft, box.top - outer.top - field.scrollTop]
  return { left: left + x, top: top + y, bottom: bottom + y }
}
