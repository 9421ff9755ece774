import type { TestContext } from 'node:test'
import { type TestForum, testForum, type Visitor } from '../support/index.ts'
import { follow, type Seen, send } from './crawl.ts'
import { takeTurns } from './turns.ts'
import { latin, latinForum, type World } from './world.ts'

/** Every page of the forum, as everybody who may come sees it: read, and answered to what they send. */
export async function everyPage(t: TestContext, locale: string): Promise<{ seen: Seen[]; content: string[] }> {
  const seen: Seen[] = []
  const world = await latinForum(t)
  const untouched = await testForum(t, { untouched: true })
  await setUp(untouched, locale, seen)
  for (const round of [asGuest, asWriter, asMember, takeTurns, asModerator, asAdmin]) await round(world, locale, seen)
  return { seen, content: [...Object.values(latin).flat(), 'Stoa', 'SQLite', 'Vestibulum', 'Alii', 'Words', 'Nemo'] }
}

function reads(visitor: Visitor, locale: string): Visitor {
  visitor.setCookie('stoa_locale', locale)
  return visitor
}

async function setUp(forum: TestForum, locale: string, seen: Seen[]): Promise<void> {
  const link = new URL((await forum.app.setupLink(forum.url)) ?? '')
  const first = reads(forum.asGuest(), locale)
  const who = 'whoever sets it up'
  seen.push({ who, page: await first.get(link.pathname + link.search) })
  await send(first, who, seen)
}

async function asGuest({ forum, topicId, forumId, deletedId, lockedId }: World, locale: string, seen: Seen[]) {
  const guest = reads(forum.asGuest(), locale)
  const starts = ['/', '/admin/', '/nothing', '/topic/99999/', `/topic/${deletedId}/`, `/topic/${lockedId}/`]
  await follow(
    guest,
    'a guest',
    [...starts, `/topic/${topicId}/?page=2`, `/forum/${forumId}/`, '/account/', '/%zz'],
    seen,
  )
  await send(guest, 'a guest', seen)
}

/** A guest who has written, twice, and has not registered. */
async function asWriter({ forum, topicId, forumId }: World, locale: string, seen: Seen[]) {
  const writer = reads(forum.asGuest(), locale)
  const claim = await writer.post(`/topic/${topicId}/reply`, { body: latin.text, format: 'markdown' })
  await writer.post(`/forum/${forumId}/new-topic`, { title: latin.title, body: latin.text, format: 'markdown' })
  await follow(writer, 'a guest who wrote', [claim.url, '/claims/', '/'], seen)
  await send(writer, 'a guest who wrote', seen)
}

async function asMember({ forum, topicId, lockedId }: World, locale: string, seen: Seen[]) {
  const nero = reads(await forum.asMember('Nero'), locale)
  await nero.post(`/topic/${lockedId}/reply`, { body: latin.text, format: 'markdown' })
  const lost = nero.page.url
  await nero.post('/drafts/typed', { place: `topic:${topicId}`, body: latin.text, format: 'markdown' })
  await nero.post('/account/data/')
  await forum.runJobs()
  await nero.post('/account/data/')
  await follow(
    nero,
    'a member',
    [
      lost,
      '/',
      `/topic/${topicId}/`,
      `/topic/${topicId}/?page=2`,
      '/drafts/',
      '/account/data/',
      '/account/files/',
      '/account/signature/',
      '/account/reports/',
      '/account/delete/',
    ],
    seen,
  )
  await send(nero, 'a member', seen)
}

async function asModerator({ forum, topicId }: World, locale: string, seen: Seen[]) {
  const livia = reads(await forum.asMember('Livia'), locale)
  await follow(
    livia,
    'a moderator',
    ['/modcp/', '/modcp/reports/', '/moderate/confirm/', '/', `/topic/${topicId}/`, `/topic/${topicId}/?page=2`],
    seen,
  )
  await send(livia, 'a moderator', seen)
}

async function asAdmin({ forum, topicId }: World, locale: string, seen: Seen[]) {
  const ada = reads(await forum.asAdmin(), locale)
  await follow(
    ada,
    'an administrator',
    [
      '/admin/',
      '/',
      `/topic/${topicId}/`,
      `/topic/${topicId}/?page=2`,
      '/admin/members/2/delete',
      '/admin/settings?q=mail',
      '/admin/confirm',
      '/admin/rules/new',
      '/modcp/announcements/new',
      '/admin/routines/new',
      '/admin/words/try?sentence=Lorem',
    ],
    seen,
  )
  await send(ada, 'an administrator', seen)
}
