import type { Document, Element } from 'domhandler'
import type { Page, Visitor } from '../support/index.ts'
import {
  controlsOf,
  initialOptions,
  initialValue,
  isDisabled,
  isSubmitButton,
  isTickable,
} from '../support/visitor/controls.ts'
import { findAll, parseHtml } from '../support/visitor/html.ts'

export type Seen = { who: string; page: Page }

const never = /^\/(build|logout|account\/sign-out-everywhere|account\/data\/\d+\/download|favicon|robots)/

/** One of a kind is enough: pages that differ by a number, a slug or a secret only are of one kind. */
function kindOf(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://forum')
  const plain = pathname.replace(/\d+(-[\w-]*)?/g, '1').replace(/[\w-]{40,}/g, 'secret')
  return `${plain}?${[...searchParams.keys()].sort().join('&')}`
}

/** Goes to these pages, and along every link to every other kind of page. */
export async function follow(visitor: Visitor, who: string, starts: readonly string[], seen: Seen[]): Promise<void> {
  const waiting = [...starts]
  const kinds = new Set<string>()
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const isStart = starts.includes(path) && !kinds.has(path)
    if (never.test(path) || (kinds.has(kindOf(path)) && !isStart)) continue
    kinds.add(kindOf(path)).add(path)
    const page = await visitor.get(path)
    seen.push({ who, page })
    waiting.push(...linksOn(page))
  }
}

function linksOn(page: Page): string[] {
  const links = findAll('a[href], form[method=get]', parseHtml(page.html))
  const targets = links.map(link => link.attribs.href ?? link.attribs.action ?? '')
  return targets
    .map(href => new URL(href, `http://forum${page.url}`))
    .filter(url => url.origin === 'http://forum')
    .map(url => url.pathname + url.search)
}

/** Sends each kind of form that was met, by each of its buttons: with its fields emptied, and as it came. */
export async function send(visitor: Visitor, who: string, seen: Seen[]): Promise<void> {
  const sent = new Set<string>()
  for (const { page } of seen.filter(one => one.who === who)) {
    const document = parseHtml(page.html)
    for (const form of findAll('form[method=post]', document)) {
      for (const { action, entries } of sendings(form, document, page.url)) {
        const kind = `${kindOf(action)} ${Object.keys(entries)}`
        if (sent.has(kind) || never.test(action)) continue
        sent.add(kind)
        for (const filled of [emptied(entries, form), entries]) {
          const answer = await visitor.post(action, filled)
          // A file is for other programs.
          if (answer.headers['content-type']?.includes('html'))
            seen.push({ who: `${who}, a form of ${page.url}`, page: answer })
        }
      }
    }
  }
}

type Entries = Record<string, string | string[]>

function sendings(form: Element, document: Document, url: string): { action: string; entries: Entries }[] {
  const controls = controlsOf(form, document).filter(control => !isDisabled(control))
  const entries: Entries = {}
  for (const control of controls.filter(one => !isSubmitButton(one))) {
    const { name } = control.attribs
    if (name) entries[name] = [entries[name] ?? [], valuesOf(control)].flat()
  }
  return controls.filter(isSubmitButton).map(({ attribs }) => ({
    action: new URL(attribs.formaction ?? form.attribs.action ?? '', `http://forum${url}`).pathname,
    entries: attribs.name ? { ...entries, [attribs.name]: attribs.value ?? '' } : entries,
  }))
}

function valuesOf(control: Element): string[] {
  if (control.name === 'select') return initialOptions(control).map(initialValue)
  return isTickable(control) && !('checked' in control.attribs) ? [] : [initialValue(control)]
}

/** What is hidden and what buttons say stays. */
function emptied(entries: Entries, form: Element): Entries {
  const typed = findAll('input:not([type=hidden]), textarea, select', form).map(({ attribs }) => attribs.name)
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, typed.includes(name) ? '' : value]))
}
