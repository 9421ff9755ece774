import { registry } from '../../../src/features/moderation/registry.ts'
import { type Answer, type Ask, ownPage } from './ask.ts'

export type Fields = Readonly<Record<string, string | readonly (string | number)[]>>

/** As a form sends it. */
export function formOf(fields: Fields): string {
  const entries = Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, String(value)]),
  )
  return new URLSearchParams(entries).toString()
}

/** Sends a form as one of our own pages would. */
export function send(ask: Ask, path: string, fields: Fields, cookie = ''): Promise<Answer> {
  return ask(path, { method: 'POST', body: formOf(fields), headers: ownPage, ...(cookie && { cookie }) })
}

/** What any form of the forum might ask for, filled in so that it would be taken from whoever may. */
export const richForm: Fields = {
  title: 'Taken over',
  body: 'Taken over by somebody who may not',
  text: 'Taken over by somebody who may not',
  format: 'markdown',
  name: 'Taken over',
  subject: 'Taken over',
  email: 'taken.over@example.org',
  login: 'Bea',
  password: 'seven walruses in the attic',
  new_password: 'eight walruses in the attic',
  reason: 'Taken over',
  note: 'Taken over',
  description: 'Taken over',
  kind: 'forum',
  parent: '',
  guest_posting: 'named',
  group: '2',
  group_id: '2',
  standing: '900',
  direction: 'up',
  on: '1',
  posts: 'remove',
  confirm: '1',
  forum: '1',
  what: 'remove',
  acts: '*',
  answers: 'Taken over',
  question: 'Taken over?',
  pattern: 'taken',
  uses: '1',
  version: '1',
  /** The version that is accepted. */
  terms: '1',
  into: '1',
  keep: '1',
  scope: 'these',
  until: '2999-01-01',
  return: '/',
}

export const actNames = registry.map(({ name }) => name)
