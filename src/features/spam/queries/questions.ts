import type { Db } from '../../../platform/store/index.ts'

export interface Question {
  readonly id: number
  readonly question: string
  /** What is taken for right. */
  readonly answers: readonly string[]
}

/** Every question, the oldest first. */
export async function allQuestions(db: Db): Promise<Question[]> {
  const rows = await db.selectFrom('questions').select(['id', 'question', 'answers']).orderBy('id').execute()
  return rows.map(row => ({ ...row, answers: JSON.parse(row.answers) as string[] }))
}

export async function insertQuestion(db: Db, question: Omit<Question, 'id'>, now: number): Promise<void> {
  const row = { question: question.question, answers: JSON.stringify(question.answers), created_at: now }
  await db.insertInto('questions').values(row).execute()
}

/** False when it is gone already. */
export async function deleteQuestion(db: Db, id: number): Promise<boolean> {
  const row = await db.deleteFrom('questions').where('id', '=', id).returning('id').executeTakeFirst()
  return row !== undefined
}
