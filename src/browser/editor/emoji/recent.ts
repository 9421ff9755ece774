const store = 'stoa-emoji'
const most = 16

/** The emoji that were picked last in this browser, the latest first. */
export function recentEmoji(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(store) ?? '[]')
    return Array.isArray(kept) ? kept.filter(one => typeof one === 'string' && one.length <= 40).slice(0, most) : []
  } catch {
    return []
  }
}

/** This one was picked just now. */
export function noteEmoji(emoji: string): void {
  try {
    localStorage.setItem(store, JSON.stringify([emoji, ...recentEmoji().filter(one => one !== emoji)].slice(0, most)))
  } catch {
    // A browser that keeps nothing remembers none.
  }
}
