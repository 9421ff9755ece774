/** The grounds of a page. */
export const grounds = ['ground', 'surface', 'raised']

const soft = ['accent-soft', 'fresh-soft', 'success-soft', 'warning-soft', 'danger-soft']

/** Which of our colours stand as text on which. */
export const readable: readonly (readonly [text: string, on: readonly string[]])[] = [
  ['ink', [...grounds, ...soft]],
  ['ink-2', [...grounds, ...soft]],
  ['ink-3', [...grounds, 'accent-soft']],
  ['accent', [...grounds, ...soft]],
  ['fresh', [...grounds, 'fresh-soft']],
  ['success', [...grounds, 'success-soft']],
  ['warning', [...grounds, 'warning-soft']],
  ['danger', [...grounds, 'danger-soft']],
  ['on-solid', ['accent-solid', 'accent-solid-hover', 'danger-solid', 'danger-solid-hover']],
]

/** What WCAG 2.2 asks of text at level AA. */
export const leastContrast = 4.5
