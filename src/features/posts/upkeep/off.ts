/** One value that was not what it should be. */
export interface Off {
  readonly table: 'topics' | 'posts' | 'forums' | 'members'
  readonly id: number
  readonly column: string
  readonly was: number | null
  readonly should: number | null
}

/** The columns in which two rows differ. */
export function differences<Row extends { readonly id: number }>(table: Off['table'], was: Row, should: Row): Off[] {
  const columns = Object.keys(should) as (keyof Row & string)[]
  return columns
    .filter(column => was[column] !== should[column])
    .map(column => ({ table, id: was.id, column, was: numberIn(was[column]), should: numberIn(should[column]) }))
}

function numberIn(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}
