import type { Question } from './queries/questions.ts'

/** Case and spaces do not count. */
export function answerKey(answer: string): string {
  return answer.normalize('NFKC').toLowerCase().replace(/\s/gu, '')
}

/** Is this one of the answers that are taken for right? */
export function isAnswer({ answers }: Pick<Question, 'answers'>, answer: string): boolean {
  const key = answerKey(answer)
  return key !== '' && answers.some(right => answerKey(right) === key)
}
