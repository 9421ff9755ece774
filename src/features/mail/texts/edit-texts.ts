import { type Message, NotFound } from '../../../platform/errors.ts'
import { defaultLocale, phraseText } from '../../../platform/locale/index.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { settings } from '../../settings/index.ts'
import { messageOf, openDesk } from '../desk.ts'
import type { Block } from '../letter.ts'
import { sendNow, type TestOutcome } from '../test-mail.ts'
import { faultOf } from './check-text.ts'
import { exampleOf, type Layout, type Layouts, phrasesOf } from './layout.ts'
import { withOwnWords } from './own-words.ts'
import { ownTexts, placeOf, replaceTexts } from './queries.ts'

/** English is what every reader is told where their language lacks a phrase. */
const locale = defaultLocale

export type Texts = Readonly<Record<string, string>>

/** A phrase of a mail, as it is now and as it came. */
export interface EditableText {
  readonly key: string
  readonly text: string
  readonly original: string
}

/** Every kind of mail that has words of its own, and how many of them were changed. */
export async function mailKinds(db: Db, layouts: Layouts) {
  const own = await ownTexts(db)
  return Object.entries(layouts).map(([kind, ways]) => ({
    kind,
    words: wordsOfKind(kind),
    subjects: [...new Set(ways.map(({ subject }) => subject))].map(key => ownOr(own.get(kind), key)),
    changed: own.get(kind)?.size ?? 0,
  }))
}

/** What a kind of mail is called: a phrase key. */
export function wordsOfKind(kind: string): string {
  return `mail.kind_${kind.replaceAll('.', '_')}`
}

/** The words of one kind. Throws NotFound. */
export async function textsOf(db: Db, layouts: Layouts, kind: string): Promise<EditableText[]> {
  const own = (await ownTexts(db)).get(kind)
  return phrasesOf(layoutsOf(layouts, kind)).map(key => ({
    key,
    text: ownOr(own, key),
    original: originalOf(key),
  }))
}

/** What is wrong with texts that were typed, by phrase key; null: nothing. Throws NotFound. */
export function faultsIn(layouts: Layouts, kind: string, typed: Texts): Record<string, Message> | null {
  const faults = phrasesOf(layoutsOf(layouts, kind)).flatMap(key => {
    const fault = faultOf(typed[key] ?? '', originalOf(key), locale)
    return fault ? [[key, fault] as const] : []
  })
  return faults.length > 0 ? Object.fromEntries(faults) : null
}

/** From now on mails of this kind say this; what is as it came goes on changing with the program. */
export async function saveTexts(db: Db, layouts: Layouts, kind: string, typed: Texts): Promise<void> {
  const changed = phrasesOf(layoutsOf(layouts, kind)).flatMap(key => {
    const text = typed[key]?.trim()
    return text && text !== originalOf(key) ? [[key, text] as const] : []
  })
  await inTransaction(db, tx => replaceTexts(tx, { kind, locale }, Object.fromEntries(changed)))
}

/** Mails of this kind say what they came with again. Throws NotFound. */
export async function resetTexts(db: Db, layouts: Layouts, kind: string): Promise<void> {
  layoutsOf(layouts, kind)
  await inTransaction(db, tx => replaceTexts(tx, { kind, locale }, {}))
}

/** Both parts of each way in which such a mail may come, with these words and with example data. */
export async function previewsOf(db: Db, layouts: Layouts, kind: string, typed: Texts) {
  const rules = await settings(db)
  const letters = await lettersOf(db, layoutsOf(layouts, kind), typed)
  return letters.map(letter => messageOf(rules, { to: '', locale, ...letter }))
}

/** Sends each of them to this address at once. Throws MailFailure. */
export async function sendExamples(
  db: Db,
  layouts: Layouts,
  { kind, typed, to }: { readonly kind: string; readonly typed: Texts; readonly to: string },
): Promise<TestOutcome[]> {
  const letters = await lettersOf(db, layoutsOf(layouts, kind), typed)
  const outcomes: TestOutcome[] = []
  for (const letter of letters) outcomes.push(await sendNow(db, { to, locale, ...letter }))
  return outcomes
}

async function lettersOf(db: Db, layouts: readonly Layout[], typed: Texts) {
  const desk = openDesk(db, await settings(db))
  const now = desk.time(Date.now(), { locale, timeZone: null })
  const given = { forum: desk.forumName, time: now, date: now }
  const say = withOwnWords(desk.t(locale), locale, key => typed[key])
  const t = (key: string) => say(key, argsFor(typed[key] ?? originalOf(key), given))
  return layouts.map(({ subject, parts }) => ({
    subject: t(subject),
    blocks: parts.map(({ as, key }): Block => {
      if (as === 'button') return { kind: 'button', text: t(key), href: desk.link('/') }
      if (as === 'fact') return { kind: 'facts', rows: [[t(key), desk.t(locale)('mail.example_fact')]] }
      return { kind: as === 'note' ? 'note' : 'paragraph', text: t(key) }
    }),
  }))
}

function argsFor(text: string, given: Texts): Record<string, string> {
  const places = [...text.matchAll(/\{\s*(\w+)/g)].map(([, place = '']) => place)
  return Object.fromEntries(places.map(place => [place, exampleOf(place, given) ?? place]))
}

function layoutsOf(layouts: Layouts, kind: string): readonly Layout[] {
  const ways = Object.hasOwn(layouts, kind) ? layouts[kind] : undefined
  if (!ways) throw new NotFound()
  return ways
}

function ownOr(own: ReadonlyMap<string, string> | undefined, key: string): string {
  return own?.get(placeOf(locale, key)) ?? originalOf(key)
}

const originals = new Map<string, string>()

function originalOf(key: string): string {
  const known = originals.get(key)
  if (known !== undefined) return known
  const text = phraseText(locale, key) ?? key
  originals.set(key, text)
  return text
}
