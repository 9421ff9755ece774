import type { Document, Element } from 'domhandler'
import {
  controlsOf,
  initialOptions,
  initialValue,
  isDisabled,
  isSubmitButton,
  isTickable,
  typeOf,
} from '../../support/visitor/controls.ts'
import { findAll, parseHtml } from '../../support/visitor/html.ts'

/** A form as it stands on a page: where its button sends it, what it holds, and which of that somebody types. */
export type FoundForm = {
  readonly action: string
  readonly entries: Readonly<Record<string, readonly string[]>>
  readonly typed: Readonly<Record<string, string>>
}

const textTypes = new Set(['text', 'search', 'textarea', 'email', 'url', 'number', 'password'])

/** The forms of a page that change something and have a field to type in. */
export function formsOn(html: string, at: string): FoundForm[] {
  const page = parseHtml(html)
  return findAll('form[method=post]', page).flatMap(form => sendings(form, page, at))
}

/** The same form stands on many pages: what differs by a number, a slug or a secret only is one. */
export function kindOf({ action, entries }: FoundForm): string {
  return `${action.replaceAll(/\d+(-[\w-]*)?/g, '1').replaceAll(/[\w-]{40,}/g, 'secret')} ${Object.keys(entries).sort()}`
}

function sendings(form: Element, page: Document, at: string): FoundForm[] {
  const controls = controlsOf(form, page).filter(control => !isDisabled(control))
  const entries: Record<string, string[]> = {}
  const typed: Record<string, string> = {}
  for (const control of controls.filter(one => !isSubmitButton(one))) {
    const { name } = control.attribs
    if (!name) continue
    entries[name] = [...(entries[name] ?? []), ...valuesOf(control)]
    // What people do not come to is for programs that fill in everything.
    if (textTypes.has(typeOf(control)) && control.attribs.tabindex !== '-1') typed[name] = typeOf(control)
  }
  if (Object.keys(typed).length === 0) return []
  return controls.filter(isSubmitButton).map(({ attribs }) => ({
    action: new URL(attribs.formaction ?? form.attribs.action ?? '', `http://forum${at}`).pathname,
    entries: attribs.name ? { ...entries, [attribs.name]: [attribs.value ?? ''] } : entries,
    typed,
  }))
}

function valuesOf(control: Element): string[] {
  if (control.name === 'select') return initialOptions(control).map(initialValue)
  return isTickable(control) && !('checked' in control.attribs) ? [] : [initialValue(control)]
}
