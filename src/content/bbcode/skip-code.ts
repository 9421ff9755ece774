/** The end of the line that closes a fenced code block; the end of the source when nothing does. */
export function afterFence(source: string, fence: string, from: number): number {
  const closing = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/gm
  closing.lastIndex = from
  for (let found = closing.exec(source); found; found = closing.exec(source)) {
    if (found[1]?.startsWith(fence)) return closing.lastIndex
  }
  return source.length
}

/** Behind the backticks that close code in a line of text; `from` when none in this paragraph do. */
export function afterTicks(source: string, length: number, from: number): number {
  const runs = /`+|\n[ \t>]*(?=\n)/g
  runs.lastIndex = from
  for (let found = runs.exec(source); found?.[0].startsWith('`'); found = runs.exec(source)) {
    if (found[0].length === length) return runs.lastIndex
  }
  return from
}
