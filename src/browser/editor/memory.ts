// How somebody likes to write is their browser's to remember: it is the same for guests and members.
const store = 'stoa-editor'

export type Mode = 'rich' | 'plain'

export function preferredMode(): Mode {
  try {
    return localStorage.getItem(store) === 'plain' ? 'plain' : 'rich'
  } catch {
    return 'rich'
  }
}

export function prefer(mode: Mode): void {
  try {
    localStorage.setItem(store, mode)
  } catch {
    // A browser that keeps nothing: the choice holds for this page.
  }
}
