import type { Selectable } from 'kysely'
import { bumpRevisions, byRevision, type Db, inTransaction, type WordsTable } from '../../platform/store/index.ts'

export type ListedWord = Selectable<WordsTable>

/** Every word of the list, in the order of the alphabet. */
export async function allWords(db: Db): Promise<ListedWord[]> {
  return db.selectFrom('words').selectAll().orderBy('word_key').execute()
}

/** The words that hold back what they stand in, kept in memory. */
export const heldWords = byRevision('shell', async (db): Promise<readonly string[]> => {
  const rows = await db.selectFrom('words').select('word').where('replacement', 'is', null).orderBy('id').execute()
  return rows.map(({ word }) => word)
})

/** The same word again is shown as is said now. */
export async function putWord(db: Db, word: Omit<ListedWord, 'id'>): Promise<void> {
  await inTransaction(db, async tx => {
    const { word: spelled, replacement } = word
    await tx
      .insertInto('words')
      .values(word)
      .onConflict(conflict => conflict.column('word_key').doUpdateSet({ word: spelled, replacement }))
      .execute()
    await bumpRevisions(tx, 'shell')
  })
}

/** The word that was on the list; undefined when it is gone already. */
export async function removeWord(db: Db, id: number): Promise<string | undefined> {
  return inTransaction(db, async tx => {
    const row = await tx.deleteFrom('words').where('id', '=', id).returning('word').executeTakeFirst()
    if (row) await bumpRevisions(tx, 'shell')
    return row?.word
  })
}
