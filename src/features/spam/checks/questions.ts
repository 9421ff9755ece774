import { randomInt } from 'node:crypto'
import { msg } from '../../../platform/errors.ts'
import { addressKey, limits } from '../../../platform/limits/index.ts'
import type { Check, FormGuard, Ground } from '../check.ts'
import { seal, unseal } from '../form-key.ts'
import { allQuestions, type Question } from '../queries/questions.ts'
import { answerKey, isAnswer } from '../questions.ts'

const purpose = 'question'
/** For one address within an hour. */
const wrongAnswers = { points: 30, seconds: 3600 }

/** Something that people of this community know and programs do not. */
export const questions: Check = {
  name: 'questions',
  on: rules => rules.questions,
  settings: ['questions'],
  forms: ['register', 'contact', 'report'],
  looksAtFields: true,
  async equip(ground, _kind, typed) {
    const all = await allQuestions(ground.db)
    const asked = askedBefore(ground, all, typed.question) ?? all[all.length > 0 ? randomInt(all.length) : 0]
    return { question: asked ? shown(ground, asked) : null }
  },
  async judge({ fields, address }, ground) {
    const all = await allQuestions(ground.db)
    if (all.length === 0) return null
    const asked = askedBefore(ground, all, fields?.question)
    const answer = typeof fields?.answer === 'string' ? fields.answer : ''
    if (asked && isAnswer(asked, answer)) return null
    if (answerKey(answer) === '') return { kind: 'refuse', errors: { answer: msg('spam.answer_missing') } }
    await limits(ground.db).spend('answer', addressKey(address), wrongAnswers)
    return { kind: 'refuse', errors: { answer: msg('spam.answer_wrong') } }
  },
}

function shown({ db }: Ground, { id, question }: Question): FormGuard['question'] {
  return { sealed: seal(db, purpose, String(id)), text: question }
}

/** The question that the form was made with, unless it is gone. */
function askedBefore({ db }: Ground, all: readonly Question[], sealed: unknown): Question | undefined {
  const id = unseal(db, purpose, sealed)
  return all.find(question => String(question.id) === id)
}
