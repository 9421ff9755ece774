/** Writes a number for someone. */
type WriteNumber = (value: number) => string

const known = new Map<string, WriteNumber>()

/** Numbers as a language writes them. */
export function numbers(locale: string): WriteNumber {
  let write = known.get(locale)
  if (!write) {
    const format = new Intl.NumberFormat(locale)
    write = smallOnesOnce(value => format.format(value))
    known.set(locale, write)
  }
  return write
}

const largestKept = 9999

/** Remembers what follows from whole numbers that stand on many pages: of replies, of views, of somebody's posts. */
export function smallOnesOnce<T>(workOut: (value: number) => T): (value: number) => T {
  const kept = new Map<number, T>()
  return value => {
    const known = kept.get(value)
    if (known !== undefined) return known
    const found = workOut(value)
    if (Number.isInteger(value) && value >= 0 && value <= largestKept) kept.set(value, found)
    return found
  }
}
