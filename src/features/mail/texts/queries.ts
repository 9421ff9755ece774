import { bumpRevisions, byRevision, type Db, type Tx } from '../../../platform/store/index.ts'

/** What administrators have mails say: by kind, then by locale and phrase key. */
export type OwnTexts = ReadonlyMap<string, ReadonlyMap<string, string>>

export const placeOf = (locale: string, key: string) => `${locale} ${key}`

/** Every text that was changed; kept until one changes. */
export const ownTexts: (db: Db) => Promise<OwnTexts> = byRevision('shell', async db => {
  const rows = await db.selectFrom('mail_texts').selectAll().execute()
  const kinds = Map.groupBy(rows, row => row.kind)
  return new Map(
    [...kinds].map(([kind, those]) => [kind, new Map(those.map(row => [placeOf(row.locale, row.key), row.text]))]),
  )
})

/** Puts these texts in the place of all that a kind had in a locale. */
export async function replaceTexts(
  tx: Tx,
  { kind, locale }: { readonly kind: string; readonly locale: string },
  texts: Readonly<Record<string, string>>,
): Promise<void> {
  await tx.deleteFrom('mail_texts').where('kind', '=', kind).where('locale', '=', locale).execute()
  const rows = Object.entries(texts).map(([key, text]) => ({ kind, locale, key, text }))
  if (rows.length > 0) await tx.insertInto('mail_texts').values(rows).execute()
  await bumpRevisions(tx, 'shell')
}
