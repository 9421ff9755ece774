import type { Document, Element } from 'domhandler'
import { textContent } from 'domutils'
import { closest, findAll, labelWords, words } from './html.ts'

/** The controls that belong to a form, in the order of the page; a `form` attribute makes those outside it belong. */
export function controlsOf(form: Element, page: Document): Element[] {
  const { id } = form.attribs
  const isMeant = id !== undefined && findAll('form', page).find(({ attribs }) => attribs.id === id) === form
  return findAll('input, textarea, select, button', page).filter(control => {
    const named = control.attribs.form
    return named === undefined ? closest(control, 'form') === form : isMeant && named === id
  })
}

export function isDisabled(control: Element): boolean {
  if ('disabled' in control.attribs) return true
  for (let set = closest(control, 'fieldset'); set; set = closest(set, 'fieldset')) {
    if ('disabled' in set.attribs && closest(control, 'legend')?.parent !== set) return true
  }
  return false
}

export function typeOf(control: Element): string {
  const fallback = control.name === 'button' ? 'submit' : 'text'
  return control.name === 'input' || control.name === 'button'
    ? (control.attribs.type ?? fallback).toLowerCase()
    : control.name
}

export function isSubmitButton(control: Element): boolean {
  return ['submit', 'image'].includes(typeOf(control))
}

/** What a person calls it: its label, or the words on the button. */
export function nameOf(control: Element, page: Document): string {
  if (control.attribs['aria-label']) return control.attribs['aria-label']
  if (control.name === 'button') return words(control)
  if (isSubmitButton(control)) return control.attribs.value ?? 'Submit'
  const { id } = control.attribs
  const label = (id && findAll('label', page).find(({ attribs }) => attribs.for === id)) || closest(control, 'label')
  return label ? labelWords(label) : ''
}

/** What it holds as the page came. */
export function initialValue(control: Element): string {
  if (control.name === 'textarea') return textContent(control)
  if (control.name === 'option') return control.attribs.value ?? words(control)
  return control.attribs.value ?? (isTickable(control) ? 'on' : '')
}

export function isTickable(control: Element): boolean {
  return ['checkbox', 'radio'].includes(typeOf(control))
}

export function optionsOf(select: Element): Element[] {
  return findAll('option', select)
}

/** A browser shows the first option of a list from which one is chosen when the page names none. */
export function initialOptions(select: Element): Element[] {
  const options = optionsOf(select)
  const chosen = options.filter(({ attribs }) => 'selected' in attribs)
  if ('multiple' in select.attribs) return chosen
  return [chosen.at(-1) ?? options.find(({ attribs }) => !('disabled' in attribs))].filter(option => !!option)
}
