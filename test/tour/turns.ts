import { type Settings, writeSettings } from '../../src/features/settings/index.ts'
import { bumpRevisions, type Db, inTransaction } from '../../src/platform/store/index.ts'
import { publish } from '../features/pages/house.ts'
import { makeTopic } from '../features/posts/world.ts'
import type { Page, Visitor } from '../support/index.ts'
import { follow, type Seen, send } from './crawl.ts'
import { linkTurns } from './links.ts'
import { latin, type World } from './world.ts'

export type Turn = (world: World, asReader: (visitor: Visitor) => Visitor) => Promise<Page[]>

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

  'whom the terms ask, and who accepts an outdated version first': async ({ forum }, asReader) => {
    const marcus = asReader(await forum.asMember('Marcus'))
    await publish(forum, 'terms', latin.text)
    await publish(forum, 'terms', `${latin.text} ${latin.title}`, true)
    const pages = [await marcus.get('/'), await marcus.post('/terms/accept/', { version: '2' })]
    pages.push(await marcus.press(marcus.page.texts('main form.accent button').join()))
    pages.push(await marcus.get('/terms/'), await marcus.get('/terms/?version=1'))
    await inTransaction(forum.db, async tx => {
      await tx.updateTable('page_versions').set({ asks: 0 }).execute()
      await bumpRevisions(tx, 'shell')
    })
    return pages
  },

  'who writes to the administrators, once too often': async ({ forum }, asReader) => {
    const guest = asReader(forum.asGuest())
    const form = { name: 'Nemo', email: 'nemo@example.org', subject: latin.title }
    const pages: Page[] = []
    for (let n = 0; n < 6; n++) pages.push(await guest.post('/contact/', { ...form, text: `${latin.text} ${n}` }))
    return pages.slice(-2)
  },

  'whose account waits for an administrator': async ({ forum }, asReader) => {
    await change(forum.db, { registration: 'approval', proof_of_work: true, minimum_time: true })
    const question = { question: latin.title, answers: JSON.stringify([latin.text]), created_at: 1 }
    await forum.db.insertInto('questions').values(question).execute()
    const [guest, ada] = [asReader(forum.asGuest()), asReader(await forum.asAdmin())]
    await guest.get('/register/')
    const form = guest.page.form('main input[type=password]')
    const nemo = { name: 'Nemo', email: 'nemo@example.org', password: 'sub rosa et sub divo', terms: true }
    const pages = [await form.fill({ ...nemo, answer: 'x' }).submit()]
    pages.push(await form.fill({ ...nemo, answer: latin.text }).submit())
    const decision = { act: 'refuse', reason: latin.text }
    const { id } = await forum.db
      .selectFrom('members')
      .select('id')
      .where('name', '=', 'Nemo')
      .executeTakeFirstOrThrow()
    for (const member of [[], [String(id)], [String(id)]]) {
      pages.push(await ada.get('/admin/members/waiting'))
      pages.push(await ada.post('/admin/members/waiting', { ...decision, member }))
    }
    pages.push(await ada.post('/admin/spam/blocks', { kind: 'address', pattern: '127.0.0.1' }))
    await forum.db.deleteFrom('questions').execute()
    return pages
  },

  'who has an invitation, and who has none': async ({ forum }, asReader) => {
    await change(forum.db, { registration: 'invitation', proof_of_work: false, minimum_time: false })
    const [guest, other, ada] = [forum.asGuest(), forum.asGuest(), await forum.asAdmin()].map(asReader) as Visitor[]
    const made = await ada?.post('/admin/invitations', { note: latin.title, uses: '1', days: '' })
    const { search } = new URL(made?.attribute('#made-link', 'value') ?? '')
    const pages = [made, await other?.get('/register/'), await guest?.get(`/register/${search}`)]
    await forum.db.updateTable('invitations').set({ ended_at: 1 }).execute()
    pages.push(await other?.get(`/register/${search}`), await ada?.get('/admin/invitations'))
    return pages.filter(page => page !== undefined)
  },

  'who comes while the forum is closed, and whose password is asked again': async ({ forum, topicId }, asReader) => {
    const [guest, ada] = [asReader(forum.asGuest()), asReader(await forum.asAdmin())]
    await change(forum.db, { maintenance: true, header_links: `${latin.title} | /` })
    const pages = [await guest.get('/'), await guest.post(`/topic/${topicId}/reply`, text), await ada.get('/')]
    await change(forum.db, { maintenance: false, header_links: '' })
    const { data } = await forum.db
      .selectFrom('sessions')
      .select('data')
      .where('member_id', '=', forum.admin.id)
      .executeTakeFirstOrThrow()
    const old = JSON.stringify({ ...JSON.parse(data), confirmedAt: 1 })
    await forum.db.updateTable('sessions').set({ data: old }).where('member_id', '=', forum.admin.id).execute()
    pages.push(
      await ada.get('/admin/groups'),
      await ada.post('/admin/groups/new', { name: latin.title, standing: '20' }),
    )
    return pages
  },

  'who comes when nobody may register': async ({ forum }, asReader) => {
    await change(forum.db, { registration: 'closed' })
    const guest = asReader(forum.asGuest())
    return [await guest.get('/register/'), await guest.post('/register/', { ...text, carry: 'topic:2' })]
  },
}

async function change(db: Db, values: Partial<Settings>): Promise<void> {
  await inTransaction(db, tx => writeSettings(tx, values))
}

export async function takeTurns(world: World, locale: string, seen: Seen[]): Promise<void> {
  const asReader = (visitor: Visitor) => {
    visitor.setCookie('stoa_locale', locale)
    return visitor
  }
  for (const [who, turn] of Object.entries({ ...turns, ...linkTurns })) {
    for (const page of await turn(world, asReader)) seen.push({ who: `somebody ${who}`, page })
  }
}
