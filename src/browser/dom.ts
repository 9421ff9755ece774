/** The elements that match, in document order. */
export function all<E extends Element = HTMLElement>(selector: string, root: ParentNode = document): E[] {
  return [...root.querySelectorAll<E>(selector)]
}

/** Answers an event wherever it happens inside an element that matches, also in elements that come later. */
export function on<K extends keyof DocumentEventMap>(
  type: K,
  selector: string,
  answer: (element: HTMLElement, event: DocumentEventMap[K]) => void,
): void {
  document.addEventListener(type, event => {
    const element = event.target instanceof Element && event.target.closest<HTMLElement>(selector)
    if (element) answer(element, event)
  })
}

/** A short message that is seen for a moment and read aloud. */
export function toast(text: string): void {
  const place = document.querySelector('.toasts')
  const message = document.createElement('div')
  message.className = 'toast'
  message.textContent = text
  place?.append(message)
  setTimeout(() => message.remove(), 3500)
}
