import { type Message, msg } from '../../../platform/errors.ts'
import type { RegistrationTexts } from './terms.ts'

/** What is wrong with the tick under the terms, which sends the version it stood under; null: nothing, or none is asked. */
export function tickFault(ticked: unknown, { version }: RegistrationTexts): Message | null {
  if (version === null || ticked === String(version)) return null
  return msg(ticked === undefined || ticked === '' ? 'pages.accept_missing' : 'pages.accept_changed')
}
