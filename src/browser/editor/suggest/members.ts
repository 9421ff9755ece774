import type { Option } from './list.ts'

type Member = { id: number; name: string; initial: string; colour: number; here: boolean }

/** Milliseconds without a key, after which it is asked. */
const pause = 120

const answers = new Map<string, readonly Member[]>()

/** Members whose name begins so, of those who may read what is written at this place. `here`: said of who wrote there. */
export async function membersNamed(
  place: string,
  typed: string,
  here: string,
  isStale: () => boolean,
): Promise<Option[]> {
  const query = typed.toLowerCase()
  const known = answers.get(`${place} ${query}`)
  if (known) return known.map(member => optionOf(member, here))
  if (isHopeless(place, query)) return []
  await new Promise(resolve => setTimeout(resolve, pause))
  if (isStale()) return []
  const answer = await fetch(`/compose/members?${new URLSearchParams({ place, q: query })}`).catch(() => null)
  if (!answer?.ok) return []
  const { members } = (await answer.json()) as { members: Member[] }
  answers.set(`${place} ${query}`, members)
  return members.map(member => optionOf(member, here))
}

/** Where nobody's name begins so, nobody's begins so and goes on. */
function isHopeless(place: string, query: string): boolean {
  for (let length = 1; length < query.length; length++)
    if (answers.get(`${place} ${query.slice(0, length)}`)?.length === 0) return true
  return false
}

function optionOf({ id, name, initial, colour, here }: Member, hereWords: string): Option {
  const avatar = piece(`avatar small hue-${colour}`, initial)
  avatar.ariaHidden = 'true'
  const parts = [avatar, piece('suggest-name', name), ...(here ? [piece('suggest-more', hereWords)] : [])]
  return { pick: { member: String(id), name }, parts }
}

/** Some words in the look of a class. */
export function piece(className: string, text: string): HTMLElement {
  return Object.assign(document.createElement('span'), { className, textContent: text })
}
