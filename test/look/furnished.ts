import type { TestContext } from 'node:test'
import { haveAssets } from '../support/assets.ts'
import { type Person, type TestForum, testForum, type Visitor } from '../support/index.ts'

/** A forum in which every state that a page can show occurs. */
export type Furnished = {
  forum: TestForum
  /** Pages by who looks at them; a guest needs no name. */
  screens: { guest: string[]; member: string[]; moderator: string[]; administrator: string[] }
  /** Those that tell a guest that there is nothing. */
  absent: string[]
  member: Person
  moderator: Person
}

const everything = [
  '**Bold**, *italics*, ++underlined++, `code`, ||a spoiler|| and https://www.example.org/a/path/that/goes/on/and/on/and/on',
  'Averylongword'.repeat(20),
  '> [Hal wrote:](/post/1)\n>\n> A quote\n>\n> > in a quote',
  '## A heading\n\n### A smaller one',
  '- one\n  - two\n- three\n\n1. first\n2. second\n\n- [ ] to do\n- [x] done',
  `\`\`\`js\nconst line = '${'far too long for a phone, '.repeat(8)}'\n\`\`\``,
  `| ${'a plant | '.repeat(9)}\n|${' --- |'.repeat(9)}\n| ${'some water | '.repeat(9)}`,
  '||\nA longer spoiler\n||',
].join('\n\n')

/** Boots it, in its latest look, and lets people write in it. */
export async function furnish(t: TestContext): Promise<Furnished> {
  await haveAssets()
  const forum = await testForum(t, { kind: 'sqlite' })
  const member = await forum.member('Olu Adeyemi-Fitzgerald-Featherstonehaugh')
  const moderator = await forum.member('Minos', { group: 'Moderators' })
  const hal = await forum.asMember(member.name)
  const minos = await forum.asMember(moderator.name)
  const welcome = await welcomeOf(hal)
  const posts = await fill(hal, await forum.asAdmin(), welcome)
  await judge(minos, welcome, posts)
  const claim = await leaveClaim(forum.asGuest(), welcome)
  const gone = await lose(hal, minos)
  await hal.get(`/post/${posts.plain}/edit`)
  await hal.press('Save', { body: '## Plain\n\nAnd changed', reason: 'It was too plain' })
  const absent = ['/nowhere', gone]
  return { forum, member, moderator, absent, screens: screensOf({ welcome, posts, claim, absent, member }) }
}

/** The address of the topic that a forum comes with. */
async function welcomeOf(visitor: Visitor): Promise<string> {
  await visitor.get('/')
  return new URL((await visitor.get(visitor.page.link('a.last-title'))).url, 'http://forum').pathname
}

async function fill(hal: Visitor, admin: Visitor, path: string) {
  const reply = async (visitor: Visitor, body: string) => {
    await visitor.get(path)
    const { url } = await visitor.press('Submit Reply', { body })
    return Number(url.split('#post-')[1])
  }
  return {
    pending: await reply(hal, 'Look at https://example.org'),
    plain: await reply(hal, 'Plain'),
    everything: await reply(admin, everything),
    hidden: await reply(hal, 'To be hidden'),
    deleted: await reply(hal, 'To be deleted'),
    recommended: await reply(hal, 'To be recommended'),
  }
}

async function judge(minos: Visitor, path: string, posts: Record<'hidden' | 'deleted' | 'recommended', number>) {
  const todo = [
    ['hide', 'Hide', posts.hidden],
    ['delete', 'Delete', posts.deleted],
    ['recommend', 'Recommend', posts.recommended],
  ] as const
  for (const [act, button, id] of todo) {
    await minos.get(path)
    await minos.press('Go', { act, post: [String(id)] })
    await minos.press(button, { [act === 'recommend' ? 'note' : 'reason']: 'Because it had to be' })
  }
}

async function leaveClaim(guest: Visitor, path: string): Promise<string> {
  await guest.get(path)
  return (await guest.press('Submit Reply', { body: everything })).url
}

/** A topic that was locked while somebody wrote in it, whose text became a draft, and deleted then. */
async function lose(hal: Visitor, minos: Visitor): Promise<string> {
  await hal.get('/forum/4-x/')
  await hal.get(hal.page.link('Start new topic'))
  const { url } = await hal.press('Submit Topic', { title: 'Soon locked', body: 'And deleted' })
  const path = new URL(url, 'http://forum').pathname
  await hal.get(path)
  for (const [act, button] of [['lock'], ['delete', 'Delete']] as const) {
    await minos.get('/forum/4-x/')
    await minos.press('Go', { act, topic: [path.split(/[/-]/)[2] ?? ''] })
    if (button) await minos.press(button)
    if (act === 'lock') await hal.press('Submit Reply', { body: 'Too late' })
  }
  return path
}

type Places = {
  welcome: string
  posts: Record<'pending' | 'plain' | 'recommended', number>
  claim: string
  absent: string[]
  member: Person
}

function screensOf({ welcome, posts, claim, absent, member }: Places): Furnished['screens'] {
  const lists = [
    '/',
    '/forum/1-x/',
    '/forum/2-x/',
    '/forum/3-x/',
    '/forum/3-x/?sort=views&filter=locked',
    '/new-topic/',
  ]
  const forms = ['/forum/2/new-topic', `/topic/1/reply?quote=${posts.recommended}`]
  const rooms = ['', 'queue', 'claims', 'log', 'hidden', 'deleted'].map(room => `/modcp/${room}`)
  const halls = ['', 'settings', 'settings/accounts', 'forums', 'forums/3', 'forums/3/delete', 'forums/new', 'groups']
  const more = [
    'groups/1',
    'groups/new',
    'permissions',
    'permissions?forum=3',
    'moderators',
    'members',
    'pages',
    'pages/terms',
    'messages',
  ]
  return {
    guest: [
      ...lists,
      welcome,
      ...forms,
      claim,
      '/login/',
      '/register/',
      '/help/markdown',
      '/privacy/',
      '/contact/',
      ...absent,
    ],
    member: [
      ...['/', '/forum/3-x/', welcome, ...forms, '/account/', '/drafts/', `/profile/${member.id}-x/`],
      ...['edit', 'versions', 'delete'].map(what => `/post/${posts.plain}/${what}`),
    ],
    moderator: ['/forum/3-x/', '/forum/4-x/', welcome, ...absent.slice(1), ...rooms],
    administrator: ['/', ...[...halls, ...more, `members/${member.id}`].map(room => `/admin/${room}`)],
  }
}
