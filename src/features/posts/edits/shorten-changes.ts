import type { Change } from '../../../content/index.ts'

/** Characters of unchanged text that are left on either side of a change, about. */
const near = 160

/** The same changes, with the middle of long unchanged stretches left out. */
export function shortened(changes: readonly Change[]): Change[] {
  return changes.map((change, index) => {
    if (change.kind !== 'same') return change
    const before = index === 0 ? '' : headOf(change.text)
    const after = index === changes.length - 1 ? '' : tailOf(change.text)
    const isShort = before.length + after.length + near >= change.text.length
    return isShort ? change : { kind: 'same', text: [before, after].filter(Boolean).join(' … ') || '…' }
  })
}

/** Never half a character: it ends between words, unless there is none. */
function headOf(text: string): string {
  return text.slice(0, near).match(/^.*\s/s)?.[0].trimEnd() ?? ''
}

function tailOf(text: string): string {
  return text.slice(-near).match(/\s.*/s)?.[0].trimStart() ?? ''
}
