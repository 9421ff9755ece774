/** A run of words that stayed, came or went. */
export interface Change {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** Comparing more pairs of words than this is not worth the wait: then the middle counts as replaced. */
const mostPairs = 2_000_000

/** What turns one text into the other, by words. */
export function changesIn(before: string, after: string): Change[] {
  const [old, young] = [wordsIn(before), wordsIn(after)]
  const start = commonLength(old, young)
  const end = commonLength(old.slice(start).reverse(), young.slice(start).reverse())
  const middle = compare(old.slice(start, old.length - end), young.slice(start, young.length - end))
  return joined([
    { kind: 'same', text: old.slice(0, start).join('') },
    ...middle,
    { kind: 'same', text: old.slice(old.length - end).join('') },
  ])
}

function wordsIn(text: string): string[] {
  return text.match(/\s+|[^\s]+/g) ?? []
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const longest = Math.min(one.length, other.length)
  let length = 0
  while (length < longest && one[length] === other[length]) length++
  return length
}

function compare(old: readonly string[], young: readonly string[]): Change[] {
  if (old.length * young.length > mostPairs) {
    return [
      { kind: 'removed', text: old.join('') },
      { kind: 'added', text: young.join('') },
    ]
  }
  return walk(old, young, longestCommon(old, young))
}

/** For every pair of ends, the length of the longest common subsequence behind it. */
function longestCommon(old: readonly string[], young: readonly string[]): Uint32Array {
  const width = young.length + 1
  const lengths = new Uint32Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = young.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        old[i] === young[j]
          ? (lengths[(i + 1) * width + j + 1] as number) + 1
          : Math.max(lengths[(i + 1) * width + j] as number, lengths[i * width + j + 1] as number)
  return lengths
}

function walk(old: readonly string[], young: readonly string[], lengths: Uint32Array): Change[] {
  const width = young.length + 1
  const changes: Change[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < young.length) {
    const [gone, come] = [old[i], young[j]]
    if (gone !== undefined && gone === come) {
      changes.push({ kind: 'same', text: gone })
      i++
      j++
    } else if (come === undefined || (gone !== undefined && isBehind(lengths, width, i, j))) {
      changes.push({ kind: 'removed', text: gone ?? '' })
      i++
    } else {
      changes.push({ kind: 'added', text: come })
      j++
    }
  }
  return changes
}

function isBehind(lengths: Uint32Array, width: number, i: number, j: number): boolean {
  return (lengths[(i + 1) * width + j] as number) >= (lengths[i * width + j + 1] as number)
}

function joined(changes: readonly Change[]): Change[] {
  const runs: Change[] = []
  for (const change of changes) {
    const last = runs.at(-1)
    if (change.text === '') continue
    if (last?.kind === change.kind) runs[runs.length - 1] = { kind: last.kind, text: last.text + change.text }
    else runs.push(change)
  }
  return runs
}
