import { type ComposeOptions, type Composed, composeHere, type Draft } from './pipeline.ts'

/** A text as it is kept: safe HTML, its plain text, and what is in it. Throws Invalid with the reason at `body`. */
export async function compose(draft: Draft, options: ComposeOptions): Promise<Composed> {
  return composeHere(draft, options)
}
