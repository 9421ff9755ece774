export type Notice = 'pasted' | 'images' | 'embedded'

export type Say = {
  /** Shows the notice of that name, instead of any of that name before; its button does `act` and takes it away. */
  show(name: Notice, act: () => void): void
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
    show(name, act) {
      hide(name)
      const template = templates.querySelector(`[data-notice="${name}"] > .notice`)
      const notice = template?.cloneNode(true) as Element | undefined
      if (!notice) return
      notice.querySelector('[data-close]')?.addEventListener('click', () => {
        hide(name)
        place.parentElement?.querySelector<HTMLElement>('[contenteditable]')?.focus()
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
