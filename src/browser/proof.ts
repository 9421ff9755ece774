import 'altcha/external'
import type { AltchaWidgetElement } from 'altcha/external'

/**
 * A form that asks for a proof of work gets one when it is sent, and is then sent by itself. Where that fails, or the
 * browser has no means for it (on http it has none), it is sent without one: an administrator looks at it instead.
 * Nothing here comes from a module of main.ts: what both use would be a file of its own, which every page would load.
 */
for (const place of document.querySelectorAll<HTMLElement>('[data-proof]')) if (isSecureContext) prove(place)

function prove(place: HTMLElement): void {
  const { proof, worker, working = '', failed = '' } = place.dataset
  globalThis.$altcha.algorithms.set('PBKDF2/SHA-256', () => new Worker(worker ?? ''))
  const widget: AltchaWidgetElement = document.createElement('altcha-widget')
  widget.setAttribute('challenge', proof ?? '')
  widget.setAttribute('auto', 'onsubmit')
  widget.setAttribute('display', 'invisible')
  widget.setAttribute('configuration', JSON.stringify({ minDuration: 0, humanInteractionSignature: false }))
  const status = place.querySelector('[role=status]')
  const words: Record<string, string> = { verifying: working, error: failed }
  widget.addEventListener('statechange', event => {
    const { state } = (event as CustomEvent<{ state: string }>).detail
    if (status) status.textContent = words[state] ?? ''
  })
  place.append(widget)
}
