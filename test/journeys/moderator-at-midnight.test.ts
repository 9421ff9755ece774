import type { TestForum } from '../support/index.ts'
import { type Hands, type Meet, signIn, story } from './hands.ts'

const phone = { viewport: { width: 390, height: 844 } }
const there = { forum: 3, name: 'General discussion' }
const elsewhere = { forum: 4, path: '/forum/4-questions-and-help/', name: 'Questions and help' }

story(
  'an appointed moderator approves, hides, locks, moves and recommends; the last word erases',
  async (forum, meet) => {
    await othersHaveWritten(forum)
    const admin = await meet({ expectErrors: /status of 422/ })
    const mia = await meet(phone)
    const guest = await meet()
    await appoints(forum, admin)
    await signIn(mia, await forum.member('Mia'))
    await mia.go('/forum/2/')
    await mia.misses('[data-select-bar]')
    await approves(forum, meet, mia, guest)
    await hidesAndThinksBetter(mia, guest)
    await recommends(mia, guest)
    await tidiesUp(mia, guest)
    await takesBackLater(forum, mia, guest)
    await erases(admin, guest)
  },
)

/** Two topics where Mia is to moderate, with a reply each (posts 3 and 5). */
async function othersHaveWritten(forum: TestForum): Promise<void> {
  const bea = await forum.asMember('Bea')
  for (const title of ['Owls', 'Bats']) {
    await bea.get(`/forum/${there.forum}/new-topic`)
    await bea.press('Submit Topic', { title, body: `Who hears ${title.toLowerCase()} at night?` })
    await bea.press('Submit Reply', { body: `I do, and I know much about ${title.toLowerCase()}.` })
  }
}

async function appoints(forum: TestForum, admin: Hands): Promise<void> {
  await forum.member('Mia')
  await signIn(admin, forum.admin)
  await admin.go('/')
  await admin.follow('Administration')
  await admin.follow('main a[href^="/admin/moderators"]')
  await admin.press('Appoint', { member: 'Mia', forum: String(there.forum) })
  await admin.sees('main tr', /Mia.*General discussion.*All acts/)
}

/** A first post with a link: its author sees it where it will stand, everybody else when Mia has. */
async function approves(forum: TestForum, meet: Meet, mia: Hands, guest: Hands): Promise<void> {
  const nora = await meet()
  await signIn(nora, await forum.member('Nora'))
  await nora.go('/topic/2/')
  await nora.press('Submit Reply', { body: 'Listen: https://owls.example.org' })
  await nora.sees('#post-6', /Awaiting approval.*A first post with a link.*Listen/)
  await guest.go('/topic/2/')
  await guest.misses('#post-6')
  await mia.follow('main a[href="/modcp/"], header a[href="/modcp/"]')
  await mia.follow('main a[href="/modcp/queue/"]')
  await mia.sees('article', /Reply in Owls.*Nora.*first post with a link.*Listen/)
  await mia.press('article [name=act][value=approve]')
  await mia.sees('.notices', /The post was approved\./)
  await mia.sees('main', /Nothing is waiting/)
  await guest.go('/topic/2/')
  await guest.sees('#post-6', /Listen/)
}

/** The offer stays on page after page until it is taken or waved away. */
async function hidesAndThinksBetter(mia: Hands, guest: Hands): Promise<void> {
  await mia.dismiss()
  const hide = async () => {
    await mia.go('/topic/2/')
    await mia.press('#post-3 [name=act][value=hide]')
    await mia.press('Hide', { reason: 'It is late' })
    await mia.sees('.notices', /The post was hidden\./)
    await mia.sees('#post-3', /Hidden/)
    await guest.go('/topic/2/')
    await guest.misses('#post-3')
  }
  await hide()
  await mia.go('/')
  await mia.follow(there.name)
  await mia.sees('.notices', /The post was hidden\./)
  await mia.press('Undo')
  await mia.misses('.notices', /hidden/)
  await guest.go('/topic/2/')
  await guest.sees('#post-3', /much about owls/)
  await hide()
  await mia.dismiss()
  await mia.go('/')
  await mia.misses('.notices')
}

async function recommends(mia: Hands, guest: Hands): Promise<void> {
  await guest.go('/topic/3/')
  await guest.misses('main', /Recommended Posts/)
  await mia.go('/topic/3/')
  await mia.press('#post-5 [name=act][value=recommend]')
  await mia.press('Recommend', { note: 'Somebody who listens' })
  await guest.go('/topic/3/')
  await guest.sees('.recommendations', /Recommended Posts.*much about bats.*Bea.*Somebody who listens/)
  await guest.follow('.recommendations a')
  await guest.sees('#post-5', /Recommended by Mia: Somebody who listens/)
}

/** Several topics at once. */
async function tidiesUp(mia: Hands, guest: Hands): Promise<void> {
  const both = ['2', '3']
  await mia.go(`/forum/${there.forum}/`)
  await mia.press('Go', { topic: both, act: 'lock' })
  await mia.sees('.notices', /2 topics were locked\./)
  for (const title of ['Owls', 'Bats']) await mia.sees('main .row', new RegExp(`${title}.*Locked`))
  await mia.press('Go', { topic: both, act: 'move' })
  await mia.sees('main', /Owls.*Bats|Bats.*Owls/)
  await mia.press('Move', { forum: String(elsewhere.forum), reason: 'They are questions' })
  await mia.sees('.notices', /2 topics were moved\./)
  await mia.misses('main .row', /Owls|Bats/)
  await guest.go(elsewhere.path)
  for (const title of ['Owls', 'Bats']) await guest.sees('main .row', new RegExp(`${title}.*Locked`))
}

/** Three days later, and signed in anew: one topic comes back, still locked; both hidden and moved are in the log. */
async function takesBackLater(forum: TestForum, mia: Hands, guest: Hands): Promise<void> {
  const threeDays = 3 * 24 * 60 * 60_000
  await forum.db
    .updateTable('moderation_log')
    .set(eb => ({ at: eb('at', '-', threeDays) }))
    .execute()
  await mia.press('Sign Out')
  await signIn(mia, await forum.member('Mia'))
  await mia.go('/modcp/log/')
  await mia.sees('main li', /Hid a post by Bea.*It is late/)
  const moved = await forum.db
    .selectFrom('moderation_log')
    .select('id')
    .where('act', '=', 'move')
    .where('target_id', '=', 2)
    .executeTakeFirstOrThrow()
  await mia.sees('main li', /Moved a topic by Bea from General discussion to Questions and help.*They are questions/)
  await mia.press(`[action="/modcp/undo/"] [name=entry][value="${moved.id}"]`)
  await mia.sees('main li', /Moved a topic by Bea.*Undone by Mia/)
  await guest.go(`/forum/${there.forum}/`)
  await guest.sees('main .row', /Owls.*Locked/)
  await guest.misses('main .row', /Bats/)
}

async function erases(admin: Hands, guest: Hands): Promise<void> {
  await admin.go('/topic/3/')
  await admin.press('#post-5 [name=act][value=erase]')
  await admin.sees('main', /nothing brings them back/)
  await admin.press('Erase for good', { password: 'eight walruses' })
  await admin.sees('main', /That is not your password\./)
  await admin.press('Erase for good', { password: 'seven walruses in the attic', reason: 'Asked for by Bea' })
  await admin.sees('.notices', /The post was erased for good\./)
  await admin.misses('.notices button', /Undo/)
  await admin.sees('#post-5', /erased for good/)
  await admin.misses('main', /much about bats/)
  await guest.go('/topic/3/')
  await guest.sees('#post-4', /Who hears bats/)
  await guest.misses('main', /much about bats|Recommended Posts/)
  await admin.go('/modcp/log/')
  await admin.sees('main li', /Erased a post by Bea.*Asked for by Bea.*No Undo/)
}
