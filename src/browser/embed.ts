const sandbox = 'allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox'
const allow = 'autoplay; encrypted-media; fullscreen; picture-in-picture'

/** Somebody else's player. Nothing of it is asked for before a reader wants it; until then it is a button and a link. */
class EmbedPlayer extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button')
    if (!button) return
    button.hidden = false
    button.addEventListener('click', () => this.#play(button), { once: true })
  }

  #play(button: HTMLElement): void {
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', sandbox)
    const { src = '', title = '' } = this.dataset
    Object.assign(frame, { allow, title, loading: 'lazy', referrerPolicy: 'strict-origin-when-cross-origin', src })
    button.replaceWith(frame)
    frame.focus()
  }
}

customElements.define('embed-player', EmbedPlayer)
