import { isTag } from 'domhandler'
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

/** Which elements stand in which, with which attributes; pages that are made of the same are right or wrong alike. */
export function makeOf(html: string): string {
  const kinds = findAll('*', parseHtml(html)).map(({ name, attribs, parent }) => {
    const inside = parent && isTag(parent) ? parent.name : ''
    return `${inside} ${name} ${attribs.class ?? ''} ${Object.keys(attribs)}`
  })
  return [...new Set(kinds)].sort().join('\n')
}
