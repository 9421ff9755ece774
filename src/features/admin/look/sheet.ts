import { type AtRule, type ChildNode, type Container, parse, type Rule } from 'postcss'
import { partsOf, type Scheme } from './values.ts'

/** What a rule says for one selector of its list. */
export interface Said {
  readonly selector: string
  /** null: in both themes. */
  readonly scheme: Scheme | null
  /** Custom properties by their names, and `color` and `background`, whichever way they were written. */
  readonly values: ReadonlyMap<string, string>
}

const [mostSelectors, longestSelector, longestValue, deepest] = [4000, 200, 500, 20]

interface Place {
  readonly node: ChildNode
  readonly scheme: Scheme | null
  readonly above: string
  readonly depth: number
}

/**
 * What a style sheet says of colours, in its order. It knows themes, nesting and lists of selectors, and passes over print,
 * high contrast, and what is nested deeper than anybody writes. Throws postcss's CssSyntaxError.
 */
export function readSheet(css: string): Said[] {
  const said: Said[] = []
  const waiting: Place[] = within(parse(css), { scheme: null, above: '', depth: 0 })
  for (let place = waiting.pop(); place && said.length < mostSelectors; place = waiting.pop()) {
    if (place.node.type === 'atrule') waiting.push(...withinAt(place.node, place))
    if (place.node.type !== 'rule') continue
    const values = valuesOf(place.node)
    const selectors = selectorsOf(place.node, place.above)
    for (const selector of values.size > 0 ? selectors : [])
      said.push({ selector, scheme: schemeOf(selector) ?? place.scheme, values })
    // Of a list only the first goes on: lists within lists would multiply.
    const [above = ''] = selectors
    const scheme = schemeOf(above) ?? place.scheme
    waiting.push(...within(place.node, { scheme, above, depth: place.depth + 1 }))
  }
  return said
}

/** The last comes first, because they are taken from the end. */
function within(node: Container, place: Omit<Place, 'node'>): Place[] {
  if (place.depth > deepest) return []
  return [...((node.nodes ?? []) as ChildNode[])]
    .filter(({ type }) => type !== 'decl' && type !== 'comment')
    .map(child => ({ ...place, node: child }))
    .reverse()
}

function withinAt(node: AtRule, { scheme, above, depth }: Place): Place[] {
  const isMedia = node.name.toLowerCase() === 'media'
  if (isMedia && /\bprint\b|prefers-contrast|forced-colors/i.test(node.params)) return []
  if (!isMedia && !['layer', 'supports', 'container', 'scope'].includes(node.name.toLowerCase())) return []
  const named = isMedia ? schemeIn(node.params, /prefers-color-scheme\s*:\s*(light|dark)/i) : null
  return within(node, { scheme: named ?? scheme, above, depth: depth + 1 })
}

function schemeIn(text: string, pattern: RegExp): Scheme | null {
  return (pattern.exec(text.slice(0, longestSelector))?.[1]?.toLowerCase() as Scheme | undefined) ?? null
}

function schemeOf(selector: string): Scheme | null {
  return schemeIn(selector, /\[data-theme\s*=\s*["']?(light|dark)/)
}

function selectorsOf({ selector }: Rule, above: string): string[] {
  const isShort = (one: string) => one.length <= longestSelector
  const list = partsOf(selector, ',')
    .filter(isShort)
    .map(one => one.replaceAll(/\s+/g, ' '))
  if (above === '') return list
  return list.map(one => (one.includes('&') ? one.replaceAll('&', () => above) : `${above} ${one}`)).filter(isShort)
}

function valuesOf({ nodes }: Rule): Map<string, string> {
  const values = new Map<string, string>()
  const important = new Set<string>()
  for (const node of nodes) {
    if (node.type !== 'decl' || node.value.length > longestValue) continue
    const name = node.prop.startsWith('--') ? node.prop : nameOf(node.prop.toLowerCase())
    if (name === null || (important.has(name) && !node.important)) continue
    values.set(name, node.value)
    if (node.important) important.add(name)
  }
  return values
}

function nameOf(property: string): string | null {
  if (property === 'color') return 'color'
  return property === 'background' || property === 'background-color' ? 'background' : null
}
