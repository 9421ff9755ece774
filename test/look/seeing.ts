import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe: string = createRequire(import.meta.url)('axe-core').source
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

type Violation = { id: string; nodes: { target: string[]; failureSummary: string }[] }

/** What keeps somebody from using the page as it is now. The page has to allow scripts (`bypassCSP`). */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found: Violation[] = await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] }).then(r => r.violations)`,
  )
  return found.flatMap(({ id, nodes }) => nodes.map(node => `${id} ${node.target.join(' ')}: ${node.failureSummary}`))
}

/** How many pixels of the page lie outside of its width. */
export async function sideways(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

const states = ['disabled', 'open', 'aria-current', 'aria-invalid', 'aria-pressed', 'aria-disabled']

/** What the page is made of, as far as it gives it colours: elements of each class inside those of each class, by state. */
export async function kindsOn(page: Page): Promise<ReadonlySet<string>> {
  const kinds: string[] =
    await page.evaluate(`[...new Set([...document.querySelectorAll('body *:not(svg *)')].map(element => {
    const { parentElement: parent } = element
    const kind = ({ localName, className }) => localName + '.' + (className.baseVal ?? className)
    const said = ${JSON.stringify(states)}.filter(state => element.hasAttribute(state))
    return kind(element) + ' ' + (parent.className.baseVal ?? parent.className) + ' ' + said
  }))]`)
  return new Set(kinds)
}
