import { unwrap, wrapInside } from './rebuild.ts'

const kept = 'data-style'

/**
 * HTML whose styles are plain data: under our policy the browser refuses every style that it reads, and says so. Sheets of
 * styles go.
 */
export function withoutStyles(html: string): string {
  return html
    .replace(/<style\b[\s\S]*?(?:<\/style>|$)/gi, '')
    .replace(/<[a-z](?:[^"'>]|"[^"]*"|'[^']*')*>/gi, tag => tag.replace(/(\s)style(\s*=)/gi, `$1${kept}$2`))
}

/** The declarations of a style attribute. */
export function stylesOf(element: Element): ReadonlyMap<string, string> {
  const declarations = (element.getAttribute(kept) ?? '').split(';').map(one => {
    const colon = one.indexOf(':')
    return [
      one.slice(0, colon).trim().toLowerCase(),
      one
        .slice(colon + 1)
        .trim()
        .toLowerCase(),
    ] as const
  })
  return new Map(declarations.filter(([name]) => name !== ''))
}

const blocks = 'ul, ol, table, blockquote, pre, p, div, h1, h2, h3, h4, h5, h6, li'

/** What styles say about words becomes tags, and tags that a style takes back go. */
export function stylesToTags(body: HTMLElement): void {
  for (const element of [...body.querySelectorAll(`[${kept}]`)]) {
    const styles = stylesOf(element)
    if (styles.get('display') === 'none') {
      element.remove()
      continue
    }
    const wanted = marksOf(styles)
    if (isTakenBack(element, styles)) unwrap(element)
    else if (!element.matches(blocks) || !element.querySelector(blocks)) {
      for (const tag of wanted) if (!isSaid(element, tag)) wrapInside(element, tag)
    }
  }
}

function marksOf(styles: ReadonlyMap<string, string>): string[] {
  const weight = styles.get('font-weight') ?? ''
  const lines = `${styles.get('text-decoration')} ${styles.get('text-decoration-line')}`
  return [
    ...(/^bold/.test(weight) || Number(weight) >= 600 ? ['b'] : []),
    ...(/^(italic|oblique)/.test(styles.get('font-style') ?? '') ? ['i'] : []),
    ...(lines.includes('underline') ? ['u'] : []),
    ...(lines.includes('line-through') ? ['s'] : []),
  ]
}

/** Google Docs puts everything into a `<b>` that is not bold. */
function isTakenBack(element: Element, styles: ReadonlyMap<string, string>): boolean {
  const weight = styles.get('font-weight')
  if (element.matches('b, strong')) return weight === 'normal' || Number(weight) < 600
  return element.matches('i, em') && styles.get('font-style') === 'normal'
}

/** Whether the element means that already: links are underlined, headings bold. */
function isSaid(element: Element, tag: string): boolean {
  if (tag === 'u') return element.closest('a, u') !== null || element.querySelector('a') !== null
  return tag === 'b' && element.closest('h1, h2, h3, h4, h5, h6, th, b, strong') !== null
}
