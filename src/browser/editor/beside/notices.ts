/** The names of the templates in the view `writing/tools`. */
export type Notice =
  | 'pasted'
  | 'embedded'
  | 'card-later'
  | 'images'
  | 'left-out'
  | 'files'
  | 'no-emoji'
  | 'on-the-way'
  | 'not-uploaded'

type Shown = {
  /** What stands in the place of `%count%`; 0 or none: nothing is said about it. */
  readonly count?: number
  /** Is told that somebody dismissed it. */
  readonly onDismiss?: () => void
}

export type Say = {
  /** Shows the notice of that name, instead of any of that name before; its button does `act` and takes it away. */
  show(name: Notice, act: () => void, more?: Shown): void
  hide(name: Notice): void
}

/** What the editor has to say, in a place that is read aloud, each until it is dismissed or true no more. */
export function notices(place: HTMLElement, templates: ParentNode): Say {
  const shown = new Map<Notice, Element>()
  const hide = (name: Notice) => {
    shown.get(name)?.remove()
    shown.delete(name)
  }
  return {
    hide,
    show(name, act, { count = 0, onDismiss } = {}) {
      hide(name)
      const template = templates.querySelector(`[data-notice="${name}"] > .notice`)
      const notice = template?.cloneNode(true) as Element | undefined
      if (!notice) return
      tellCount(notice, count)
      notice.querySelector('[data-close]')?.addEventListener('click', () => {
        hide(name)
        onDismiss?.()
        place.parentElement?.querySelector<HTMLElement>('[contenteditable=true], textarea')?.focus()
      })
      notice.querySelector('[data-act]')?.addEventListener('click', () => {
        hide(name)
        act()
      })
      shown.set(name, notice)
      place.append(notice)
    },
  }
}

function tellCount(notice: Element, count: number): void {
  const place = notice.querySelector<HTMLElement>('[data-count]')
  const words = count === 1 ? place?.dataset.one : place?.dataset.many
  if (place) place.textContent = count > 0 && words ? words.replace('%count%', String(count)) : ''
}
