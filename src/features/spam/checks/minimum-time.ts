import type { Check, FormKind } from '../check.ts'
import { seal, unseal } from '../form-key.ts'

const field = 'begun'

function purpose(kind: FormKind): string {
  return `begun ${kind}`
}

/** Nobody fills in a form in a second. Only for pages that are not shared: the time stands in them, sealed. */
export const minimumTime: Check = {
  name: 'minimum_time',
  on: rules => rules.minimum_time,
  settings: ['minimum_time', 'minimum_time_seconds'],
  forms: ['register', 'contact', 'report'],
  looksAtFields: true,
  async equip({ db, now }, kind, typed) {
    // Shown again, it goes on with its first time: whoever corrects a slip is quick.
    const begun = unseal(db, purpose(kind), typed[field]) ?? now.toString(36)
    return { begun: seal(db, purpose(kind), begun) }
  },
  async judge({ kind, fields }, { db, rules, now }) {
    const begun = unseal(db, purpose(kind), fields?.[field])
    if (begun === null) return { kind: 'suspect', reason: 'spam.why_no_time' }
    const tooFast = now - Number.parseInt(begun, 36) < rules.minimum_time_seconds * 1000
    return tooFast ? { kind: 'suspect', reason: 'spam.why_too_fast' } : null
  },
}
