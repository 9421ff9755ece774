import type { TestForum } from '../../support/index.ts'
import { type Answer, type Ask, cookiesOf } from './ask.ts'
import { actNames, send } from './forge.ts'
import { type FoundForm, formsOn, kindOf } from './forms.ts'
import type { House } from './house.ts'
import type { Routes } from './routes.ts'
import type { Visitors } from './walk.ts'

export type Room = { readonly ask: Ask; readonly routes: Routes; readonly house: House; readonly visitors: Visitors }

/** A form, and who met it. */
export type Met = FoundForm & { readonly who: string }

/** A page of every kind that has no secret in its address, about these things. */
export function pagesOf(routes: Routes, house: Pick<House, 'topicId' | 'postId' | 'forumId' | 'people'>): string[] {
  const { topicId, postId, forumId, people } = house
  const ids: Readonly<Record<string, number>> = {
    '/topic/': topicId,
    '/post/': postId,
    '/forum/': forumId,
    '/profile/': people.Bea.id,
    '/admin/members/': people.Bea.id,
    '/admin/forums/': forumId,
    '/admin/groups/': 2,
  }
  const words: Readonly<Record<string, readonly string[]>> = {
    ':group': ['general', 'appearance', 'reading', 'writing', 'guests', 'accounts', 'privacy'],
    ':name': ['terms', 'contact'],
    ':version': ['1'],
  }
  const filled = (path: string): string[] => {
    const [place] = /:\w+/.exec(path) ?? []
    if (!place) return [path]
    const before = path.slice(0, path.indexOf(place))
    const values = place === ':id' ? [ids[before] ?? 1] : (words[place] ?? [])
    return values.flatMap(value => filled(path.replace(place, String(value))))
  }
  const acts = actNames.flatMap(act => [
    `/moderate/?act=${act}&post=${postId}`,
    `/moderate/?act=${act}&topic=${topicId}`,
  ])
  const plain = routes.of('GET').filter(({ path }) => !/^\/(styleguide|proof|build|files)/.test(path))
  return [...plain.flatMap(({ path }) => filled(path)), ...acts]
}

/** For the others there is nothing, and is shown elsewhere. */
export function isFor(who: string, path: string): boolean {
  return who === 'Ada' || !/^\/(admin|modcp|moderate)\b/.test(path)
}

/** Opens a page as a browser does that follows redirects. */
export async function open(ask: Ask, path: string, cookie: string): Promise<Answer> {
  const answer = await ask(path, cookie ? { cookie } : {})
  const to = answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined
  return to?.startsWith('/') ? ask(to.split('#')[0] ?? to, cookie ? { cookie } : {}) : answer
}

/** Each kind of form that somebody can type in, as each of these meets it. */
export async function formsMet(room: Room, who: readonly string[], more: readonly string[] = []): Promise<Met[]> {
  const { ask, routes, house, visitors } = room
  const met = new Map<string, Met>()
  for (const name of who) {
    const visitor = visitors.get(name)
    if (!visitor) continue
    for (const path of [...pagesOf(routes, house), ...more].filter(path => isFor(name, path))) {
      const { body } = await open(ask, path, cookiesOf(visitor))
      for (const form of formsOn(body, path)) met.set(`${name} ${kindOf(form)}`, { ...form, who: name })
    }
  }
  return [...met.values()]
}

/** What to type into a field, by its name and type. */
export type Typing = (name: string, type: string) => string | undefined

/** Sends a form with what is typed into it; what is not typed stays as it came. */
export async function fillIn({ ask, visitors }: Room, form: Met, typing: Typing, more: object = {}): Promise<Answer> {
  const visitor = visitors.get(form.who)
  const typed = Object.entries(form.typed).map(([name, type]) => [name, typing(name, type) ?? form.entries[name] ?? ''])
  const fields = { ...form.entries, ...Object.fromEntries(typed), ...fresh(form), ...more }
  return send(ask, form.action, fields, visitor ? cookiesOf(visitor) : '')
}

let sent = 0

/** Not the same form sent twice. */
function fresh({ entries }: FoundForm): Record<string, string> {
  return 'submission' in entries ? { submission: `another-form-${++sent}-of-many` } : {}
}

/** Nobody here is hindered by what others have sent. */
export async function forgetLimits({ db }: Pick<TestForum, 'db'>): Promise<void> {
  await db.deleteFrom('rate_limits').execute()
}
