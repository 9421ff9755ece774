/** What spreadsheets take for the beginning of a formula, with the wide forms that some of them read as such. */
const formula = /^[\s]*[=+\-@\t\r\n＝＋－＠]/u

/**
 * One line of a file of comma-separated values (RFC 4180), with its end. A text that a spreadsheet would calculate gets an
 * apostrophe before it; a number is a number.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`
}

function cellOf(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  const text = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
