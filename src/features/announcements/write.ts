import { compose } from '../../content/index.ts'
import { allow, Conflict, Invalid, msg, NotFound } from '../../platform/errors.ts'
import { enqueue } from '../../platform/jobs/index.ts'
import { endOfDay, startOfDay } from '../../platform/locale/index.ts'
import { type Db, inTransaction, lockName, type Tx } from '../../platform/store/index.ts'
import { allGroups } from '../groups/index.ts'
import type { Viewer } from '../members/index.ts'
import { settings } from '../settings/index.ts'
import type { AnnouncementValues } from './forms.ts'
import { turnJob } from './jobs.ts'
import { mayAnnounce } from './policy.ts'
import {
  type Announcement,
  announcementById,
  insertAnnouncement,
  lockAnnouncement,
  madeBy,
  updateAnnouncement,
  writeForums,
} from './queries.ts'
import { isLive } from './shown.ts'

const limits = { maxLength: 5000, maxEmoji: 50 }

/** Also written down, in the same transaction, by whoever keeps the log. */
export type Note = (tx: Tx, one: Announcement) => Promise<void>

/** The announcement, if this viewer may change it. Throws NotFound. */
export async function findAnnouncement(db: Db, viewer: Viewer, id: number): Promise<Announcement> {
  const one = await announcementById(db, id)
  if (!one || !mayAnnounce(viewer, one)) throw new NotFound()
  return one
}

/** The button may be pressed twice within so many milliseconds. */
const minute = 60_000

/** Announces something, once however often the form is sent; its id. Throws Invalid, Forbidden for others' forums. */
export async function announce(db: Db, viewer: Viewer, values: AnnouncementValues, note: Note): Promise<number> {
  const wanted = await rowOf(db, viewer, values, null)
  const now = Date.now()
  return inTransaction(db, async tx => {
    await lockName(tx, 'announcements')
    const made = await madeBy(tx, viewer.member?.id ?? null, now - minute)
    const same = made.find(one => isSame(stateOf(one), wanted, values.from !== null))
    if (same) return same.id
    const gone = { ...wanted.row, forums: wanted.forums, deleted_at: now }
    const id = await insertAnnouncement(tx, {
      ...wanted.row,
      created_by_id: viewer.member?.id ?? null,
      created_at: now,
      changed_at: now,
      deleted_at: null,
      before: JSON.stringify(gone),
    })
    await writeForums(tx, id, wanted.forums)
    await settled(tx, id, note)
    return id
  })
}

/** Changes one. Throws NotFound, Invalid, Forbidden. */
export async function reword(db: Db, viewer: Viewer, id: number, values: AnnouncementValues, note: Note) {
  const known = await findAnnouncement(db, viewer, id)
  const wanted = await rowOf(db, viewer, values, known)
  await inTransaction(db, async tx => {
    const one = await lockOwn(tx, viewer, id)
    await change(tx, one, { ...wanted.row, forums: wanted.forums, deleted_at: one.deleted_at }, note)
  })
}

/** Takes one away; for a month it can be put back. Throws NotFound. */
export async function takeAway(db: Db, viewer: Viewer, id: number, note: Note): Promise<void> {
  await inTransaction(db, async tx => {
    const one = await lockOwn(tx, viewer, id)
    if (one.deleted_at !== null) throw new Conflict(msg('announcements.gone_already'))
    await change(tx, one, { ...stateOf(one), deleted_at: Date.now() }, note)
  })
}

/** Makes it as it was before the change of that moment. Throws NotFound, Conflict when it has changed again since. */
export async function takeBack(db: Db, viewer: Viewer, id: number, changedAt: number, note: Note): Promise<void> {
  await inTransaction(db, async tx => {
    const one = await lockOwn(tx, viewer, id)
    if (one.before === null || one.changed_at !== changedAt) throw new Conflict(msg('announcements.changed_since'))
    const before: State = JSON.parse(one.before)
    allow(mayAnnounce(viewer, before))
    if (before.audience === 'group' && (await groupOf(tx, before.group_id)) === null)
      throw new Conflict(msg('announcements.changed_since'))
    await change(tx, one, before, note)
  })
}

/** The announcement, as long as it is still where this viewer announces: whoever was faster may have put it elsewhere. */
async function lockOwn(tx: Tx, viewer: Viewer, id: number): Promise<Announcement> {
  const one = await lockAnnouncement(tx, id)
  if (!one || !mayAnnounce(viewer, one)) throw new NotFound()
  return one
}

const kept = ['title', 'body', 'html', 'audience', 'group_id', 'site_wide', 'dismissible'] as const
const dated = ['starts_at', 'ends_at', 'deleted_at'] as const
type State = Pick<Announcement, (typeof kept)[number] | (typeof dated)[number] | 'forums'>

function stateOf(one: Announcement): State {
  const { title, body, html, audience, group_id, site_wide, dismissible, starts_at, ends_at, deleted_at, forums } = one
  return { title, body, html, audience, group_id, site_wide, dismissible, starts_at, ends_at, deleted_at, forums }
}

/** Does it say the same to the same people? When it begins matters where a day was typed. */
function isSame(
  one: State,
  { row, forums }: { row: Partial<State>; forums: readonly number[] },
  hasDay: boolean,
): boolean {
  const [here, there] = [one.forums, forums].map(all => all.toSorted((a, b) => a - b).join())
  const fields = [...kept, 'ends_at' as const, ...(hasDay ? ['starts_at' as const] : [])]
  return here === there && fields.every(field => one[field] === row[field])
}

async function change(tx: Tx, one: Announcement, { forums, ...to }: State, note: Note): Promise<void> {
  const changed_at = Math.max(Date.now(), one.changed_at + 1)
  await updateAnnouncement(tx, one.id, { ...to, changed_at, before: JSON.stringify(stateOf(one)) })
  await writeForums(tx, one.id, forums)
  await settled(tx, one.id, note)
}

/** Pages that are kept follow at once, and once more when it begins and ends. */
async function settled(tx: Tx, id: number, note: Note): Promise<void> {
  const one = await announcementById(tx, id)
  if (!one) throw new NotFound()
  const now = Date.now()
  await updateAnnouncement(tx, id, { shown: isLive(one, now) ? 1 : 0 })
  for (const at of [one.starts_at, one.ends_at])
    if (at !== null && at > now) await enqueue(tx, turnJob, null, { runAt: at })
  await note(tx, one)
}

async function rowOf(db: Db, viewer: Viewer, values: AnnouncementValues, known: Announcement | null) {
  const { time_zone, base_url } = await settings(db)
  const site_wide = values.where === 'all' ? (1 as const) : (0 as const)
  const forums = site_wide ? [] : values.forum
  const wrong: [string, string][] = [
    ...(site_wide === 0 && forums.length === 0 ? [['forum', 'forum_missing'] as [string, string]] : []),
    ...(values.from && values.until && values.from > values.until
      ? [['until', 'until_first'] as [string, string]]
      : []),
  ]
  const group = values.audience === 'group' ? await groupOf(db, values.group) : null
  if (values.audience === 'group' && group === null) wrong.push(['group', 'group_missing'])
  if (wrong.length > 0)
    throw new Invalid(Object.fromEntries(wrong.map(([field, phrase]) => [field, msg(`announcements.${phrase}`)])))
  allow(mayAnnounce(viewer, { site_wide, forums }), msg('announcements.not_there'))
  const { html } = await compose(
    { body: values.body, format: 'markdown' },
    { ...limits, baseUrl: base_url || undefined },
  )
  const starts_at = values.from ? startOfDay(values.from, time_zone) : (known?.created_at ?? Date.now())
  return {
    forums,
    row: {
      title: values.title,
      body: values.body,
      html: withoutHeadings(html),
      audience: values.audience,
      group_id: group,
      site_wide,
      dismissible: values.dismissible ? (1 as const) : (0 as const),
      starts_at,
      ends_at: values.until ? endOfDay(values.until, time_zone) : null,
    },
  }
}

async function groupOf(db: Db, id: number | null): Promise<number | null> {
  return (await allGroups(db)).find(group => group.id === id && group.kind !== 'guests')?.id ?? null
}

/** It stands above the page's own heading, so nothing in it is one. */
function withoutHeadings(html: string): string {
  return html.replace(/<h([1-6])\b[^>]*>(.*?)<\/h\1>/gs, '<p><strong>$2</strong></p>')
}
