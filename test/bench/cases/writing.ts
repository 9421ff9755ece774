import { people } from '../ground/fill.ts'
import { formHeaders, writingAction } from '../visits.ts'
import { type Case, pressing, type Scene } from './case.ts'

const text =
  'Mine stood on the north side for **three winters** and never complained, so I would not move it yet.\n\n' +
  'What helped was less water: a finger deep into the soil, and only when it is dry. See how the new leaves look in ' +
  'May, and cut it back only then. If the roots are white and firm, leave them alone.'

let sent = 0

const encoded = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

/** From the form's sending to the redirect that answers it. */
export async function writingCases({ url, places, cookies }: Scene): Promise<Case[]> {
  const { quiet } = places
  const page = quiet[0] ?? places.topic
  const cookie = cookies[0] ?? ''
  const actions = await Promise.all(quiet.map(path => writingAction(url, path, { cookie })))
  const some = <T>(list: readonly T[]) => list[sent % list.length] as T
  const reply = () => ({ path: some(actions), headers: { cookie: some(cookies) }, body: replyBody(text) })
  const claim = () => ({ path: some(actions), headers: { 'x-forwarded-for': newAddress() }, body: claimBody() })
  const target = { path: actions[0] ?? '', method: 'POST' as const, headers: formHeaders, status: 303 }
  return [
    {
      name: 'member: reply',
      page,
      cookie,
      target: { ...target, connections: pressing, differing: reply },
      toReach: { share: 0.06, p99: 30 },
    },
    { name: 'guest: claim', page, target: { ...target, connections: pressing, differing: claim } },
  ]
}

/** Another text, from another form: else it would be the same post sent twice. */
export function replyBody(said: string): string {
  sent++
  return encoded({ submission: `bench-${process.pid}-${sent}`, body: `${said}\n\n${sent}`, format: 'markdown' })
}

function claimBody(): string {
  sent++
  return encoded({ body: `${text}\n\n${sent}`, format: 'markdown', afterpiece: '' })
}

/** What the proxy before a forum reports: guests come from everywhere, and are counted by where they come from. */
function newAddress(): string {
  const number = sent + process.pid
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
}

/** Signing in takes a processor for a quarter of a second, so that the speed of the rest says little about it. */
export function signInCase(): Case {
  const path = '/login/'
  return {
    name: 'guest: sign-in',
    page: path,
    target: {
      path,
      method: 'POST',
      headers: formHeaders,
      status: 303,
      connections: pressing,
      perSecond: pressing,
      differing: () => ({ body: signInBody(), headers: { 'x-forwarded-for': newAddress() } }),
    },
  }
}

export function signInBody(): string {
  const { name: login, password } = people[++sent % people.length] ?? { name: '', password: '' }
  return encoded({ login, password })
}
