/** What is put in the place of what somebody typed. */
export type Pick = { readonly text: string } | { readonly member: string; readonly name: string }

/** A place in which somebody types, whichever editor it is. */
export interface Writing {
  /** What has the focus. */
  readonly target: HTMLElement
  /** What stands on the line before the caret; null where nothing is to be suggested. */
  before(): string | null
  /** Where that is on the screen, so many characters before the caret. */
  rect(back: number): { readonly left: number; readonly top: number; readonly bottom: number }
  /** Puts it in the place of as many characters before the caret. */
  replace(back: number, pick: Pick): void
}
