import { type Element, isTag } from 'domhandler'
import { type ConfigData, HtmlValidate } from 'html-validate'
import { findAll, parseHtml } from '../support/visitor/html.ts'

/** All that is recommended, headings in order and labels among it, but for what is taste. */
const config: ConfigData = {
  extends: ['html-validate:recommended'],
  rules: {
    'doctype-style': 'off',
    // In a form a button without a type submits it, which is what ours are for.
    'no-implicit-button-type': 'off',
    'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
  },
}

const checker = new HtmlValidate(config)

/** What is wrong with the HTML of a page: the rule, what it says, and where. */
export async function faultsOf(html: string): Promise<string[]> {
  const { results } = await checker.validateString(html)
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`),
  )
}

const refer = ['for', 'form', 'list', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-details']
const landmarks = new Set(['nav', 'aside', 'section', 'header', 'footer', 'main', 'form'])

/**
 * Which elements stand in which, with which attributes, what they refer to and who refers to them; the order of headings,
 * what repeats an id, which parts of the page go by which name.
 */
export function makeOf(html: string): Set<string> {
  const all = findAll('*', parseHtml(html))
  const ids = new Map<string, number>()
  const labelled = new Set<string>()
  for (const { attribs } of all) {
    if (attribs.id) ids.set(attribs.id, (ids.get(attribs.id) ?? 0) + 1)
    if (attribs.for) labelled.add(attribs.for)
  }
  const kinds = all.map(({ name, attribs, parent }) => {
    const inside = parent && isTag(parent) ? parent.name : ''
    const lost = refer.filter(to => attribs[to]?.split(' ').some(id => !ids.has(id)))
    const state = `${attribs.type ?? ''} ${labelled.has(attribs.id ?? '')} ${lost} ${(ids.get(attribs.id ?? '') ?? 0) > 1}`
    return `${inside} ${name} ${attribs.class ?? ''} ${Object.keys(attribs)} ${state}`
  })
  const parts = all.filter(({ name }) => landmarks.has(name))
  const repeated = parts.map(
    ({ name, attribs }) => `${name} ${attribs['aria-label'] ?? attribs['aria-labelledby'] ?? ''}`,
  )
  return new Set([
    ...kinds,
    headingsOf(all),
    ...repeated.filter((part, at) => repeated.indexOf(part) !== at),
    ...fieldsOf(all),
  ])
}

function headingsOf(all: readonly Element[]): string {
  const levels = all.map(({ name }) => name).filter(name => /^h[1-6]$/.test(name))
  return levels.filter((level, at) => level !== levels[at - 1]).join(' ')
}

/** Fields that have a name of which there is another in their form. */
function fieldsOf(all: readonly Element[]): string[] {
  const found: string[] = []
  for (const form of all.filter(({ name }) => name === 'form')) {
    const fields = findAll('[name]', form).map(({ attribs }) => `${attribs.type ?? ''} ${attribs.name}`)
    found.push(...fields.filter((field, at) => fields.indexOf(field) !== at).map(field => `twice ${field}`))
  }
  return found
}
