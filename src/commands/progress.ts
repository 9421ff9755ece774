/** Prints a line for each tenth of the work that is done. */
export function tenths(print: (line: string) => void, unit: string): (done: number, total: number) => void {
  let shown = -1
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 10) * 10
    if (percent > shown) print(`${percent}% (${done} ${unit})`)
    shown = Math.max(shown, percent)
  }
}
