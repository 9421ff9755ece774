import { writeSettings } from '../../src/features/settings/index.ts'
import { bumpRevisions, inTransaction } from '../../src/platform/store/index.ts'
import { makeTopic } from '../features/posts/world.ts'
import type { Page, Visitor } from '../support/index.ts'
import { follow, type Seen, send } from './crawl.ts'
import { latin, type World } from './world.ts'

type Turn = (world: World, asReader: (visitor: Visitor) => Visitor) => Promise<Page[]>

const text = { body: latin.text, format: 'markdown' }

/** What somebody meets who takes a turn that no link leads to. */
const turns: Readonly<Record<string, Turn>> = {
  'who types, signs in with a wrong password, and finds the topic locked': async (world, asReader) => {
    const guest = asReader(world.forum.asGuest())
    const carried = { ...text, carry: `topic:${world.lockedId}` }
    const { name, password } = await world.forum.member('Marcus')
    return [
      await guest.post('/login/', carried),
      await guest.post('/login/', { ...carried, login: name, password: 'no' }),
      await guest.post('/register/', { ...carried, name: 'A', email: 'a', password: 'b' }),
      await guest.post('/login/', { ...carried, login: name, password }),
    ]
  },

  'whose topic was deleted while they typed': async ({ forum, deletedId }, asReader) => {
    const marcus = asReader(await forum.asMember('Marcus'))
    return [await marcus.post(`/topic/${deletedId}/reply`, text), await marcus.get('/drafts/')]
  },

  'who sends a form from elsewhere, too long or not at all': async ({ forum, topicId }, asReader) => {
    const guest = asReader(forum.asGuest())
    const other = asReader(forum.asGuest({ headers: { 'Sec-Fetch-Site': 'cross-site' } }))
    const reply = `/topic/${topicId}/reply`
    return [
      await other.post(reply, text),
      await guest.post(reply, { body: 'x'.repeat(150_000), format: 'markdown' }),
      await guest.post(reply, { body: '😀'.repeat(80), format: 'markdown' }),
      await guest.post(reply, { body: 'x'.repeat(1_100_000) }),
    ]
  },

  'who tries too often': async ({ forum }, asReader) => {
    const guest = asReader(forum.asGuest())
    const pages: Page[] = []
    for (let n = 0; n < 12; n++) pages.push(await guest.post('/login/', { login: 'Nemo', password: `${n}` }))
    return pages.slice(-2)
  },

  'who writes under a name and registers later': async (world, asReader) => {
    const { db } = world.forum
    await inTransaction(db, async tx => {
      await tx.updateTable('forums').set({ guest_posting: 'named' }).where('id', '=', 4).execute()
      await bumpRevisions(tx, 'shell', 'permissions')
    })
    const { topicId } = await makeTopic(db, 4, null, latin.title)
    const guest = asReader(world.forum.asGuest())
    const pages = [await guest.post(`/topic/${topicId}/reply`, { ...text, guest_name: 'Nemo' })]
    const seen: Seen[] = []
    await follow(guest, 'Nemo', ['/claims/', `/topic/${topicId}/`], seen)
    await send(guest, 'Nemo', seen)
    return [...pages, ...seen.map(({ page }) => page)]
  },

  'who opens a claim while signed in': async ({ forum, topicId }, asReader) => {
    const guest = asReader(forum.asGuest())
    const claim = await guest.post(`/topic/${topicId}/reply`, text)
    const marcus = asReader(await forum.asMember('Marcus'))
    return [await marcus.get(claim.url), await marcus.post(`${claim.url}/publish`), await guest.get(claim.url)]
  },

  'who erases with a wrong password, and acts on what is done already': async ({ forum, topicId }, asReader) => {
    const ada = asReader(await forum.asAdmin())
    const moderate = (fields: Record<string, string>) => ada.post('/moderate/', { return: '/', reason: '', ...fields })
    const lock = { act: 'lock', topic: String(topicId) }
    return [
      await moderate({ act: 'erase', post: '30', password: 'no' }),
      await moderate({ act: 'move', topic: String(topicId), forum: '99' }),
      await moderate(lock),
      await moderate(lock),
    ]
  },

  'who comes when nobody may register': async ({ forum }, asReader) => {
    await inTransaction(forum.db, tx => writeSettings(tx, { registration: 'closed' }))
    const guest = asReader(forum.asGuest())
    return [await guest.get('/register/'), await guest.post('/register/', { ...text, carry: 'topic:2' })]
  },
}

export async function takeTurns(world: World, locale: string, seen: Seen[]): Promise<void> {
  const asReader = (visitor: Visitor) => {
    visitor.setCookie('stoa_locale', locale)
    return visitor
  }
  for (const [who, turn] of Object.entries(turns)) {
    for (const page of await turn(world, asReader)) seen.push({ who: `somebody ${who}`, page })
  }
}
