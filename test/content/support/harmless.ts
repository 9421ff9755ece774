import assert from 'node:assert/strict'
import { type Element, isTag, type ParentNode } from 'domhandler'
import { parseHtml } from '../../support/visitor/html.ts'

/** Every element and attribute that stored text may hold, with what may stand in it. Anything else is a hole. */
const allowed: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  p: {},
  h3: {},
  h4: {},
  br: {},
  hr: {},
  strong: {},
  em: {},
  u: {},
  s: {},
  ul: {},
  table: {},
  thead: {},
  tbody: {},
  tr: {},
  header: {},
  summary: {},
  label: {},
  pre: { 'data-language': /^[a-zA-Z0-9+#-]+$/ },
  ol: { start: /^\d+$/ },
  li: { class: /^task$/ },
  code: { class: /^language-[a-z0-9+#-]+$/ },
  span: { class: /^(?:spoiler|remote|code-[a-z]+)$/, tabindex: /^0$/, 'data-src': /^https?:\/\/[^\s"<>]+$/ },
  details: { class: /^spoiler$/ },
  blockquote: { class: /^quote$/, 'data-post': /^\d+$/ },
  input: { type: /^checkbox$/, disabled: /^$/, checked: /^$/ },
  th: { class: /^align-(?:center|right)$/, scope: /^col$/ },
  td: { class: /^align-(?:center|right)$/ },
  img: { src: /^\/attachment\/\d+\/[^\s"<>?/]+\?size=display$/, alt: /^/, loading: /^lazy$/ },
  a: {
    href: /^(?:https?:\/\/[a-z0-9.[\]:_-]+\/|\/(?!\/)|mailto:[^?]+$)[^\s"<>]*$/,
    class: /^(?:embed|mention|picture|remote)$/,
    'aria-label': /^[^/\p{C}]+$/u,
    rel: /^ugc nofollow noopener$/,
  },
}

/** Fails on whatever a browser would make of this HTML beside plain text and the elements we know. */
export function assertHarmless(html: string, source: string): void {
  const body = parseHtml(`<!doctype html><body>${html}`)
  const found = elementsIn(body).filter(({ name }) => !['html', 'head', 'body'].includes(name))
  for (const { name, attribs } of found) {
    assert.ok(allowed[name], `<${name}> in ${html} of ${source}`)
    for (const [attribute, value] of Object.entries(attribs)) {
      assert.match(value, allowed[name][attribute] ?? /^(?!)/, `${attribute}="${value}" in ${html} of ${source}`)
    }
  }
  // A browser that adds or moves elements would read something else than we wrote.
  assert.equal(found.length, html.match(/<[a-z]/g)?.length ?? 0, `${html} of ${source}`)
}

function elementsIn(node: ParentNode): Element[] {
  return node.children.filter(isTag).flatMap(element => [element, ...elementsIn(element)])
}
