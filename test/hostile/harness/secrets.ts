import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeLink } from '../../../src/features/accounts/one-time.ts'
import { insertUse } from '../../../src/features/attachments/index.ts'
import { openTopic } from '../../../src/features/posts/open-topic.ts'
import { insertVersion } from '../../../src/features/posts/queries/edits.ts'
import { writeSettings } from '../../../src/features/settings/index.ts'
import { openFiles } from '../../../src/platform/files/index.ts'
import { bumpRevisions, inTransaction } from '../../../src/platform/store/index.ts'
import { makeEdit, post, press, topic } from '../../features/moderation/court.ts'
import { makeReply, makeTopic, setVerb, textBy } from '../../features/posts/world.ts'
import { type House, hashOf, type Name, viewerOf } from './house.ts'

/** A word that stands in something hidden, and nowhere else. */
export type Canary = {
  readonly word: string
  /** Whose it is: they may see it. Administrators may see most of them. */
  readonly owner?: Name
  /** Nobody is shown it, not even an administrator. */
  readonly buried?: boolean
}

/** What was hidden, and where it lies. */
export type Secrets = {
  readonly canaries: readonly Canary[]
  readonly topics: readonly number[]
  readonly posts: readonly number[]
  readonly forums: readonly number[]
  readonly drafts: readonly number[]
  readonly exports: readonly number[]
  readonly attachments: readonly number[]
  /** Where a path begins that leads to what was deleted where everybody reads. */
  readonly gone: readonly string[]
  /** Paths that whoever has the secret in them may open. */
  readonly links: readonly string[]
}

/** Canary words. They survive slugs, escapes and highlighting: small letters only. */
class Cage {
  readonly canaries: Canary[] = []

  word(what: string, canary: Omit<Canary, 'word'> = {}): string {
    return this.exactly(`zq${what}qz`, canary)
  }

  exactly(word: string, canary: Omit<Canary, 'word'> = {}): string {
    this.canaries.push({ word, ...canary })
    return word
  }

  email(what: string, canary: Omit<Canary, 'word'> = {}): string {
    return `${this.word(what, canary)}@example.org`
  }
}

/** Hides something of every kind in a house that has been looked at. */
export async function plantSecrets(house: House): Promise<Secrets> {
  const cage = new Cage()
  const secluded = await hideForum(house, cage)
  const topics = await hideTopics(house, cage)
  const posts = await hidePosts(house, cage)
  const drafts = await keepDrafts(house, cage)
  await keepAccounts(house, cage)
  await keepOffice(house, cage)
  await keepReports(house, cage, posts[0] ?? 0)
  const exports = await keepExports(house, cage)
  const attachments = await keepUploads(house, cage, [posts[0] ?? 0, secluded.posts[0] ?? 0])
  const links = [...(await keepClaims(house, cage, secluded.topic)), ...(await mailLinks(house))]
  await inTransaction(house.db, tx => bumpRevisions(tx, 'shell', 'permissions'))
  return {
    canaries: cage.canaries,
    topics: [secluded.topic, ...topics.map(({ topicId }) => topicId)],
    posts: [...secluded.posts, ...topics.map(({ postId }) => postId), ...posts],
    forums: secluded.forums,
    drafts,
    exports,
    attachments,
    gone: await deletedIn(house),
    links,
  }
}

async function deletedIn({ db, forumId }: House): Promise<string[]> {
  const rows = await db
    .selectFrom('posts')
    .innerJoin('topics', 'topics.id', 'posts.topic_id')
    .select(['posts.id', 'topics.id as topicId', 'topics.deleted_at as all_at'])
    .where('topics.forum_id', '=', forumId)
    .where(eb => eb.or([eb('posts.deleted_at', 'is not', null), eb('topics.deleted_at', 'is not', null)]))
    .execute()
  return rows.flatMap(({ id, topicId, all_at }) => [`/post/${id}/`, ...(all_at === null ? [] : [`/topic/${topicId}/`])])
}

/** A forum for staff, with a forum below it, which somebody wrote in and follows who may not read there any more. */
async function hideForum({ db, forumId, people }: House, cage: Cage) {
  const { parent_id } = await db
    .selectFrom('forums')
    .select('parent_id')
    .where('id', '=', forumId)
    .executeTakeFirstOrThrow()
  const made = async (what: string, parentId: number | null, position: number) => {
    const [name, slug] = [cage.word(`${what}name`), cage.word(`${what}slug`)]
    const words = { name, slug, description: cage.word(`${what}about`), kind: 'forum' as const }
    const row = { ...words, parent_id: parentId, position, guest_posting: null, created_at: Date.now() }
    const { id } = await db.insertInto('forums').values(row).returning('id').executeTakeFirstOrThrow()
    for (const group of ['Guests', 'Members']) await setVerb(db, id, group, 'read', false)
    return id
  }
  const { post_count: before } = await db
    .selectFrom('members')
    .select('post_count')
    .where('id', '=', people.Bea.id)
    .executeTakeFirstOrThrow()
  const id = await made('secluded', parent_id, 99)
  const below = await made('below', id, 1)
  const { topicId, postId } = await makeTopic(db, id, people.Ada.id, cage.word('secludedtitle'))
  const own = await makeTopic(db, below, people.Bea.id, cage.word('belowtitle'))
  const reply = await makeReply(db, topicId, people.Bea.id, textBy(people.Bea.id, cage.word('secludedreply')))
  await setText(db, postId, cage.word('secludedtext'))
  const follow = { created_at: 1, mailed_at: null }
  for (const followed of [topicId, own.topicId]) {
    await db
      .insertInto('follows')
      .values({ member_id: people.Bea.id, topic_id: followed, ...follow })
      .execute()
  }
  // What members wrote counts as theirs wherever it stands: that number is the only sign of it.
  await db.updateTable('members').set({ post_count: before }).where('id', '=', people.Bea.id).execute()
  return { forums: [id, below], topic: topicId, posts: [postId, reply.id, own.postId] }
}

/** Topics in every state in which others do not see them. */
async function hideTopics(house: House, cage: Cage) {
  const { db, forumId, people } = house
  const [ada, bea] = [await viewerOf(house, 'Ada'), people.Bea.id]
  const made = async (what: string, owner?: Name, pendingReason: string | null = null) => {
    const title = cage.word(`${what}title`, { ...(owner && { owner }) })
    const text = textBy(owner ? people[owner].id : bea, cage.word(`${what}opening`, { ...(owner && { owner }) }))
    const opened = await inTransaction(db, tx => openTopic(tx, { ...text, forumId, title, pendingReason }))
    return { topicId: opened.topic_id, postId: opened.id }
  }
  const hidden = await made('hiddentopic', 'Bea')
  const deleted = await made('deletedtopic')
  const pending = await made('pendingtopic', 'Bea', 'posts.waits_first_link')
  const rejected = await made('rejectedtopic', 'Bea', 'posts.waits_first_link')
  const waiting = await made('waitingtopic', 'Emil', 'posts.waits_account')
  const reason = (what: string, canary: Omit<Canary, 'word'> = {}) => ({ reason: cage.word(`${what}reason`, canary) })
  await press(db, ada, 'hide', [topic(hidden.topicId)], reason('hidetopic'))
  await press(db, ada, 'delete', [topic(deleted.topicId)], reason('deletetopic'))
  await press(db, ada, 'reject', [topic(rejected.topicId)], reason('rejecttopic', { owner: 'Bea' }))
  return [hidden, deleted, pending, rejected, waiting]
}

/** Replies in every state in which others do not see them, in a topic that everybody reads. */
async function hidePosts(house: House, cage: Cage): Promise<number[]> {
  const { db, topicId, postId, people } = house
  const ada = await viewerOf(house, 'Ada')
  const address = cage.exactly('203.0.113.77', { buried: true })
  const made = async (
    what: string,
    by: Name,
    { pendingReason = null, ...canary }: Omit<Canary, 'word'> & { pendingReason?: string | null } = {},
  ) => {
    const text = textBy(people[by].id, cage.word(`${what}post`, canary))
    return (await makeReply(db, topicId, people[by].id, { ...text, pendingReason, address })).id
  }
  const hidden = await made('hidden', 'Bea', { owner: 'Bea' })
  const deleted = await made('deleted', 'Bea')
  const erased = await made('erased', 'Bea', { buried: true })
  const pending = await made('pending', 'Bea', { owner: 'Bea', pendingReason: 'posts.waits_first_link' })
  const rejected = await made('rejected', 'Bea', { owner: 'Bea', pendingReason: 'posts.waits_first_link' })
  const waiting = await made('waiting', 'Emil', { owner: 'Emil', pendingReason: 'posts.waits_account' })
  const unproven = await made('unproven', 'Fay', { owner: 'Fay', pendingReason: 'posts.waits_email' })
  await press(db, ada, 'hide', [post(hidden)], { reason: cage.word('hidereason') })
  await press(db, ada, 'delete', [post(deleted)], { reason: cage.word('deletereason') })
  await press(db, ada, 'erase', [post(erased)], { reason: cage.word('erasereason'), password: 'any' })
  await press(db, ada, 'reject', [post(rejected)], { reason: cage.word('rejectreason', { owner: 'Bea' }) })
  await makeEdit(db, postId, people.Bea.id, cage.word('proposed', { owner: 'Bea' }))
  const version = { html: `<p>${cage.word('version', { owner: 'Bea' })}</p>`, text: 'zqversionqz', title: null }
  const replaced = { replaced_at: 1, replaced_by_id: people.Bea.id, reason: null }
  await inTransaction(db, tx => insertVersion(tx, { post_id: postId, ...version, ...replaced }))
  return [hidden, deleted, erased, pending, rejected, waiting, unproven]
}

async function keepDrafts({ db, topicId, forumId, people }: House, cage: Cage): Promise<number[]> {
  const row = { format: 'markdown' as const, reason: null, created_at: Date.now(), member_id: people.Bea.id }
  const rows = await db
    .insertInto('drafts')
    .values([
      {
        ...row,
        topic_id: topicId,
        forum_id: null,
        title: null,
        body: cage.word('draftbody', { owner: 'Bea', buried: true }),
      },
      {
        ...row,
        place: `forum:${forumId}`,
        topic_id: null,
        forum_id: forumId,
        title: cage.word('drafttitle', { owner: 'Bea', buried: true }),
        body: cage.word('draftofatopic', { owner: 'Bea', buried: true }),
      },
    ])
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** What guests wrote and nobody has taken; gives the addresses that open it. */
async function keepClaims({ db, forumId, topicId }: House, cage: Cage, secludedId: number): Promise<string[]> {
  const links: string[] = []
  const address = cage.exactly('203.0.113.78', { buried: true })
  for (const [kind, place] of [
    ['reply', topicId],
    ['topic', null],
    ['reply', secludedId],
  ] as const) {
    const what = `claim${['a', 'b', 'c'][links.length]}`
    const [text, secret] = [cage.word(`${what}text`), `${what}${'s'.repeat(43)}`.slice(0, 43)]
    const written = { body: text, format: 'markdown' as const, html: `<p>${text}</p>`, text, fingerprint: what }
    const email = cage.email(`${what}mail`, { buried: true })
    const times = { mailed_at: null, reminded_at: null, created_at: Date.now(), expires_at: Date.now() + 86_400_000 }
    const { id } = await db
      .insertInto('claims')
      .values({
        kind,
        forum_id: forumId,
        topic_id: place,
        post_id: null,
        title: place === null ? cage.word(`${what}title`) : null,
        ...written,
        ...times,
        address,
        suspect: null,
        email,
        email_key: email,
        taken_at: null,
        taken_by_id: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const row = { hash: hashOf(secret), claim_id: id, email_key: null, created_at: Date.now() }
    await db.insertInto('claim_secrets').values(row).execute()
    links.push(`/claim/${secret}`, `/claim/${secret}/edit`)
  }
  return links
}

/** E-mail and network addresses, and what members are told. */
async function keepAccounts({ db, people }: House, cage: Cage): Promise<void> {
  for (const name of ['Bea', 'Carl', 'Mia', 'Emil', 'Fay'] as const) {
    const email = cage.email(`mail${name.toLowerCase()}`, { owner: name })
    await db.updateTable('members').set({ email, email_key: email }).where('id', '=', people[name].id).execute()
  }
  const told = { key: 'accounts.told_link_made', args: { name: cage.word('told', { owner: 'Bea', buried: true }) } }
  const now = Date.now()
  const { id } = people.Bea
  await db
    .insertInto('member_notices')
    .values({ member_id: id, message: JSON.stringify(told), created_at: now })
    .execute()
  const change = {
    old_email: cage.email('oldmail', { buried: true }),
    new_email: cage.email('newmail', { owner: 'Bea', buried: true }),
  }
  await db
    .insertInto('email_changes')
    .values({ member_id: id, ...change, created_at: now })
    .execute()
  await db
    .updateTable('members')
    .set({ pending_reason: 'spam.why_approval', pending_address: cage.exactly('203.0.113.79') })
    .where('id', '=', people.Emil.id)
    .execute()
  const browser = {
    device: cage.word('device', { owner: 'Bea', buried: true }),
    address: cage.exactly('203.0.113.80', { owner: 'Bea', buried: true }),
  }
  const lasts = { created_at: now, touched_at: now, expires_at: now + 86_400_000 }
  const row = { id: hashOf('bea elsewhere'), member_id: id, data: '{}', series_id: null, ...browser, ...lasts }
  await db.insertInto('sessions').values(row).execute()
}

/** What stands on administrators' desks. */
async function keepOffice({ db, people }: House, cage: Cage): Promise<void> {
  const now = Date.now()
  await db
    .insertInto('contact_messages')
    .values({
      name: cage.word('contactname'),
      email: cage.email('contactmail'),
      subject: cage.word('contactsubject'),
      text: cage.word('contacttext'),
      member_id: null,
      address: cage.exactly('203.0.113.81', { buried: true }),
      created_at: now,
      suspect_at: null,
      handled_at: null,
      handled_by_id: null,
    })
    .execute()
  const invitation = {
    most_uses: null,
    expires_at: null,
    ended_at: null,
    created_at: now,
    created_by_id: people.Ada.id,
  }
  await db
    .insertInto('invitations')
    .values({ hash: hashOf('invitation'), note: cage.word('invitationnote'), ...invitation })
    .execute()
  await db
    .insertInto('blocks')
    .values({ kind: 'name', pattern: cage.word('blocked'), created_at: now })
    .execute()
  const answers = JSON.stringify([cage.word('answer')])
  await db.insertInto('questions').values({ question: 'Which colour?', answers, created_at: now }).execute()
  const stop = { scope: 'all' as const, answer: cage.word('stopanswer'), created_at: now }
  await db
    .insertInto('mail_stops')
    .values({ email_key: cage.email('stopped'), ...stop })
    .execute()
  const failed = { error: cage.word('mailerror'), failed_at: now, created_at: now, run_at: now, attempts: 5 }
  const payload = JSON.stringify({ kind: 'accounts.reset', memberId: people.Bea.id })
  await db
    .insertInto('jobs')
    .values({ name: 'mail.send', payload, key: null, claimed_until: null, ...failed })
    .execute()
  const gone = { locale: null, created_at: now, name: cage.word('gonename', { buried: true }) }
  await db
    .insertInto('farewells')
    .values({ ...gone, email: cage.email('gonemail', { buried: true }), by_staff: 0 })
    .execute()
  const refused = {
    name: cage.word('refusedname', { buried: true }),
    email: cage.email('refusedmail', { buried: true }),
  }
  const why = { locale: null, reason: cage.word('refusedreason', { buried: true }), refused_at: now }
  await db
    .insertInto('refused_accounts')
    .values({ ...refused, ...why })
    .execute()
  const [user, password] = [cage.word('smtpuser'), cage.word('smtppassword', { buried: true })]
  const smtp_url = `smtp://${user}:${password}@${cage.word('smtphost')}.example.org:9`
  await inTransaction(db, tx => writeSettings(tx, { smtp_url }))
}

/** What members and guests told the moderators of this forum, about what Bea and Carl wrote, and what those say of it. */
async function keepReports({ db, postId, topicId, people }: House, cage: Cage, hiddenId: number): Promise<void> {
  const created_at = Date.now()
  const opening = await db
    .selectFrom('topics')
    .select('first_post_id')
    .where('id', '=', topicId)
    .executeTakeFirstOrThrow()
  const reported = [postId, opening.first_post_id ?? 0, hiddenId]
  for (const [at, post_id] of reported.entries()) {
    const { id: case_id } = await db
      .insertInto('report_cases')
      .values({ post_id, opened_at: created_at })
      .returning('id')
      .executeTakeFirstOrThrow()
    const row = { case_id, created_at, suspect_at: null }
    const what = ['one', 'two', 'three'][at]
    const address = cage.exactly(`203.0.113.9${at}`, { buried: true })
    const isOpening = post_id === opening.first_post_id
    const words = { reason: cage.word(`reason${what}`), text: cage.word(`report${what}`) }
    const own = isOpening ? { reason: 'reports.reason_other', text: cage.word('ownreport', { owner: 'Bea' }) } : null
    const guests = { ...row, member_id: null, address, ...words }
    await db
      .insertInto('reports')
      .values([guests, ...(own ? [{ ...guests, member_id: people.Bea.id, address: null, ...own }] : [])])
      .execute()
    const note = { case_id, member_id: people.Ada.id, text: cage.word(`reportnote${what}`), created_at }
    await db.insertInto('report_notes').values(note).execute()
  }
}

async function keepExports({ db, people }: House, cage: Cage): Promise<number[]> {
  const file = `${cage.word('exportfile', { buried: true })}.zip`
  const ready = { progress: 1, total: 1, file, size: 1, ready_at: Date.now(), created_at: Date.now() }
  const rows = await db
    .insertInto('exports')
    .values([people.Bea.id, people.Ada.id].map(asked_by_id => ({ member_id: people.Bea.id, asked_by_id, ...ready })))
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** A file that nothing shows, and one in each of these posts. */
async function keepUploads({ db, forum, people }: House, cage: Cage, posts: readonly number[]): Promise<number[]> {
  const files = openFiles(join(forum.config.dataDir, 'files'))
  const keep = async (what: string, canary: Omit<Canary, 'word'>) => {
    const words = cage.word(`${what}file`, canary)
    const path = await files.scratch()
    await writeFile(path, words)
    // The list of what they uploaded names it.
    const name = `${cage.word(`${what}filename`, { ...canary, owner: 'Bea' })}.txt`
    const row = { name, kind: 'file' as const, type: 'text/plain', bytes: words.length, created_at: Date.now() }
    const made = { ...row, member_id: people.Bea.id, file: await files.hold(path) }
    return (await db.insertInto('attachments').values(made).returning('id').executeTakeFirstOrThrow()).id
  }
  const unused = await keep('unused', { owner: 'Bea', buried: true })
  const shown: number[] = []
  for (const [at, postId] of posts.entries()) {
    // Who wrote in a forum and may not read it any more has nothing of it left either.
    const id = await keep(`shown${'ab'[at]}`, at === 0 ? { owner: 'Bea' } : {})
    await inTransaction(db, tx => insertUse(tx, id, postId))
    shown.push(id)
  }
  return [unused, ...shown]
}

/** What mails lead to, and nobody who comes here was mailed. */
async function mailLinks({ db, people }: House): Promise<string[]> {
  const { id } = people.Bea
  const { email } = await db.selectFrom('members').select('email').where('id', '=', id).executeTakeFirstOrThrow()
  const change = await db.selectFrom('email_changes').select('id').executeTakeFirstOrThrow()
  const about = { memberId: id, lastsMs: 3_600_000 }
  return [
    await makeLink(db, 'verify', { ...about, about: email }),
    await makeLink(db, 'reset', { ...about, about: email }),
    await makeLink(db, 'email-change', { ...about, about: String(change.id) }),
    await makeLink(db, 'email-back', { ...about, about: String(change.id) }),
  ]
}

async function setText(db: House['db'], postId: number, words: string): Promise<void> {
  await db
    .updateTable('posts')
    .set({ html: `<p>${words}</p>`, text: words })
    .where('id', '=', postId)
    .execute()
}
