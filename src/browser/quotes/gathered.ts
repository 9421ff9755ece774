/** As many as the forum quotes at once. */
const most = 20

type Around = {
  readonly store: string
  readonly say: (words: string) => void
  readonly insert: (posts: readonly string[]) => Promise<boolean>
}

/** The posts that somebody gathers in this tab, from page to page, and the bar that inserts them all. */
export function gathering(bar: HTMLElement, { store, say, insert }: Around): { toggle(button: HTMLElement): void } {
  let posts = read(store)
  const keep = (next: string[]) => {
    posts = next
    write(store, posts)
    show(bar, posts)
  }
  bar.querySelector('[data-insert]')?.addEventListener('click', async () => {
    const inserted = posts
    if (await insert(inserted)) keep(posts.filter(post => !inserted.includes(post)))
  })
  bar.querySelector('[data-clear]')?.addEventListener('click', () => keep([]))
  addEventListener('pageshow', ({ persisted }) => persisted && keep(read(store)))
  show(bar, posts)
  return {
    toggle({ dataset: { gather = '' } }) {
      if (posts.includes(gather)) keep(posts.filter(post => post !== gather))
      else if (posts.length < most) keep([...posts, gather])
      else say(bar.dataset.most ?? '')
    },
  }
}

function show(bar: HTMLElement, posts: readonly string[]): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-gather]')) {
    button.ariaPressed = String(posts.includes(button.dataset.gather ?? ''))
  }
  const { one = '', many = '' } = bar.dataset
  const count = bar.querySelector('[data-insert] span')
  if (count) count.textContent = posts.length === 1 ? one : many.replace('%count%', String(posts.length))
  bar.hidden = posts.length === 0
}

function read(store: string): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(store) ?? '[]')
    return Array.isArray(kept) ? kept.filter(post => /^[1-9]\d{0,8}$/.test(post)).slice(0, most) : []
  } catch {
    return []
  }
}

function write(store: string, posts: readonly string[]): void {
  try {
    if (posts.length > 0) sessionStorage.setItem(store, JSON.stringify(posts))
    else sessionStorage.removeItem(store)
  } catch {
    // A browser that keeps nothing: they are gathered on this page alone.
  }
}
