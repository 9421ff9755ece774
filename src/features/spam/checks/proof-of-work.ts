import type { Check } from '../check.ts'
import { spendProof } from '../proof.ts'

/** The browser works for a second, which costs a person nothing and whoever sends thousands a lot. */
export const proofOfWork: Check = {
  name: 'proof_of_work',
  on: rules => rules.proof_of_work,
  settings: ['proof_of_work', 'proof_of_work_cost'],
  forms: ['register', 'contact'],
  looksAtFields: true,
  equip: async () => ({ proof: true }),
  async judge({ fields }, { db }) {
    const payload = fields?.altcha
    if (payload === undefined || payload === '') return { kind: 'suspect', reason: 'spam.why_no_proof' }
    return (await spendProof(db, payload)) ? null : { kind: 'suspect', reason: 'spam.why_bad_proof' }
  },
}
