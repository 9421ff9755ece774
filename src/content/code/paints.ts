/** What a stretch of code is, as far as it has a colour of its own; stored as the class `code-…`. */
export const paints = ['word', 'text', 'note', 'value', 'name', 'type', 'meta', 'added', 'removed'] as const

export type Paint = (typeof paints)[number]

/** A stretch of code; null: it looks like plain code. */
export type Run = { readonly paint: Paint | null; readonly text: string }

const byClass: ReadonlyMap<string, Paint> = new Map(paints.map(paint => [`code-${paint}`, paint]))

/** The paint that a class of stored HTML stands for. */
export function paintOf(className: string | undefined): Paint | null {
  return byClass.get(className ?? '') ?? null
}

/** Neighbours of one paint joined, and nothing empty. */
export function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = []
  for (const run of runs) {
    const last = joined.at(-1)
    if (run.text === '') continue
    if (last?.paint === run.paint) joined[joined.length - 1] = { ...last, text: last.text + run.text }
    else joined.push(run)
  }
  return joined
}
