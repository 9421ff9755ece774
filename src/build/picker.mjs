import { readFile } from 'node:fs/promises'

/**
 * What the picker of emoji writes into a page as a style element and as style attributes, which our policy does not allow,
 * and how it says the same by way of the style's own interface, which no policy minds.
 */
const changes = [
  [
    `    const style = document.createElement('style');
    style.textContent = baseStyles + EXTRA_STYLES;
    this.shadowRoot.appendChild(style);`,
    `    const style = new CSSStyleSheet();
    style.replaceSync(baseStyles + EXTRA_STYLES);
    this.shadowRoot.adoptedStyleSheets = [style];`,
  ],
  [
    `targetNode.setAttribute(attributeName, newValue);`,
    `if (attributeName === 'style') targetNode.style.cssText = newValue; else targetNode.setAttribute(attributeName, newValue);`,
  ],
]

/** For esbuild. Fails when the picker is not written as it was when this was tried. */
export const pickerWithoutInlineStyles = {
  name: 'picker-without-inline-styles',
  setup(build) {
    build.onLoad({ filter: /emoji-picker-element\/picker\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const missing = changes.find(([before]) => source.split(before).length !== 2)
      if (missing) throw new Error(`emoji-picker-element has changed: ${missing[0]}`)
      return { contents: changes.reduce((text, [before, after]) => text.replace(before, () => after), source) }
    })
  },
}
