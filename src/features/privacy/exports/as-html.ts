import { join } from 'node:path'
import { defaultLocale, directionOf, isLocale, times, translator } from '../../../platform/locale/index.ts'
import { compileViews, type Views } from '../../../platform/views.ts'
import { settings } from '../../settings/index.ts'
import { postsWithPlace, rowsAfter } from '../queries/sections.ts'
import { portion, portionsOf, type Whole } from './as-json.ts'
import { sections } from './sections.ts'

const folder = join(import.meta.dirname, '../../../../views')
let compiled: Views | undefined

/** `index.html`, in pieces: what they wrote, to be read in the member's language. */
export async function* asHtml(whole: Whole): AsyncGenerator<string> {
  compiled ??= compileViews(folder, { only: 'privacy/file' })
  const views = compiled
  const helpers = await helpersFor(whole)
  const render = (view: string, data: object) => views.render(`privacy/file/${view}`, { ...data }, helpers).toString()
  const { forum, member, madeAt } = whole
  yield render('head', { forum, member, madeAt })
  let topicId = 0
  for (const ids of portionsOf(whole.posts)) {
    for (const post of await postsWithPlace(whole.db, ids)) {
      yield render('post', { post, first: post.topic_id !== topicId, forum })
      topicId = post.topic_id
    }
    await whole.progress.add(ids.length)
  }
  yield render('drafts', { drafts: await draftsOf(whole), none: whole.posts.length === 0 })
}

/** Drafts are few. */
async function draftsOf({ db, member }: Whole) {
  const drafts = sections.find(({ name }) => name === 'drafts')
  return drafts ? (await rowsAfter(db, drafts, member.id, null, portion)).rows : []
}

async function helpersFor({ db, member }: Whole) {
  const locale = isLocale(member.locale) ? member.locale : defaultLocale
  const zone = member.time_zone ?? (await settings(db)).time_zone
  const clock = times(locale, zone)
  return {
    t: translator(locale),
    locale,
    dir: directionOf(locale),
    date: (at: number) => clock.dateTime(at),
    iso: (at: number) => new Date(at).toISOString(),
  }
}
