import assert from 'node:assert/strict'
import type { Db } from '../../../src/platform/store/index.ts'
import { forumOnBothDatabases, type Visitor } from '../../support/index.ts'

const paths = [
  ...['/admin', '/admin/', '/ADMIN/', '/admin/settings', '/admin/settings/guests', '/admin/settings/nothing'],
  ...['/admin/settings/appearance', '/admin/settings/appearance/logo', '/admin/settings/appearance/logo/remove'],
  ...['/admin/forums', '/admin/forums/new', '/admin/forums/3', '/admin/forums/3/delete', '/admin/forums/3/shift'],
  ...['/admin/groups', '/admin/groups/new', '/admin/groups/2', '/admin/groups/2/delete', '/admin/permissions'],
  ...[
    '/admin/moderators',
    '/admin/moderators/1/dismiss',
    '/admin/members',
    '/admin/members/1',
    '/admin/members/1/group',
  ],
  ...['/admin/pages', '/admin/pages/terms', '/admin/pages/terms/1', '/admin/pages/contact/switch'],
  ...['/admin/messages', '/admin/messages/1/handle', '/admin/messages/1/reopen'],
  ...[
    '/admin/spam',
    '/admin/spam/checks',
    '/admin/spam/questions',
    '/admin/spam/blocks',
    '/admin/spam/blocks/1/remove',
  ],
  ...['/admin/work', '/admin/work/job/1/retry', '/admin/work/event/1/forget'],
  ...['/admin/invitations', '/admin/invitations/1/end', '/admin/members/waiting'],
  ...['/admin/log', '/admin/log/1/undo', '/admin/confirm', '/admin/settings/appearance/favicon'],
  ...['/admin/nothing', '/admin/settings/../forums', '/admin//forums'],
]
const methods = ['get', 'post', 'head', 'put', 'patch', 'delete', 'options'] as const
type Asked = { path: string; method: (typeof methods)[number] }

/** Every path by the methods that some page answers, and a few by all others. */
const everything: Asked[] = [
  ...paths.flatMap((path): Asked[] => [
    { path, method: 'get' },
    { path, method: 'post' },
  ]),
  ...methods.slice(2).flatMap((method): Asked[] => [
    { path: '/admin/', method },
    { path: '/admin/members/1/group', method },
  ]),
]

/** What is answered with anything but "There is nothing here". */
async function found(visitor: Visitor): Promise<string[]> {
  const answers = await Promise.all(
    everything.map(async ({ path, method }) => {
      const { status } = await visitor.agent[method](path).redirects(0).set('Sec-Fetch-Site', 'same-origin')
      return { line: `${method} ${path}: ${status}`, status }
    }),
  )
  return answers.filter(({ status }) => status !== 404).map(({ line }) => line)
}

async function settingsOf(db: Db) {
  return db.selectFrom('settings').selectAll().orderBy('key').execute()
}

forumOnBothDatabases('for guests, members and moderators there is no administration', async forum => {
  const before = await settingsOf(forum.db)
  const member = await forum.asMember('Bea')
  const moderator = await forum.asMember('Mia', { group: 'Moderators' })
  for (const visitor of [forum.asGuest(), member, moderator]) assert.deepEqual(await found(visitor), [])
  assert.doesNotMatch((await moderator.get('/')).html, /\/admin/)
  assert.deepEqual(await settingsOf(forum.db), before)
})

forumOnBothDatabases(
  'administrators find every room from every other, and what is not there is not there',
  async forum => {
    const admin = await forum.asAdmin()
    await admin.get('/')
    assert.equal((await admin.click('Administration')).url, '/admin/')
    const rooms = [
      'Overview',
      'Settings',
      'Mail',
      'Forums',
      'Members',
      'Groups',
      'Permissions',
      'Moderators',
      'Pages',
      'Messages',
    ]
    const linkTo = (room: string) => `.side-menu a[href="/admin/${room === 'Overview' ? '' : room.toLowerCase()}"]`
    for (const room of rooms) {
      const page = await admin.click(linkTo(room))
      assert.deepEqual([page.status, page.h1], [200, room])
      assert.equal(page.texts('.side-menu [aria-current=page]').join(), room)
      assert.equal(page.attribute('meta[name=robots]', 'content'), 'noindex')
      for (const other of rooms) assert.equal(page.texts(linkTo(other)).join(), other)
    }
    const nothing = [
      '/admin/nothing',
      '/admin/forums/999',
      '/admin/forums/abc',
      '/admin/forums/0',
      '/admin/forums/999/delete',
    ]
    const more = ['/admin/groups/999', '/admin/members/999', '/admin/members/-1', '/admin/members.csv']
    const odd = ['/admin/permissions?forum=999', '/admin/permissions?forum=x', '/admin/settings/nothing']
    for (const path of [...nothing, ...more, ...odd]) assert.equal((await admin.get(path)).status, 404, path)
    assert.equal((await admin.get('/admin/members?q=%27%3B--&group=x&after=1.x&by=posts&seen=1')).status, 200)
  },
)
