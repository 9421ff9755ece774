import type { Check } from '../check.ts'
import { spendProof } from '../proof.ts'

/**
 * Do browsers let a page at this address work at all? WebCrypto is there by https and on one's own machine only (W3C,
 * Secure Contexts). Elsewhere every honest member would wait for approval.
 */
function isSecure(address: string): boolean {
  if (!URL.canParse(address)) return true
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}

/** The browser works for a second, which costs a person nothing and whoever sends thousands a lot. */
export const proofOfWork: Check = {
  name: 'proof_of_work',
  on: rules => rules.proof_of_work && isSecure(rules.base_url),
  settings: ['proof_of_work', 'proof_of_work_cost'],
  forms: ['register', 'contact', 'report'],
  looksAtFields: true,
  equip: async () => ({ proof: true }),
  async judge({ fields }, { db }) {
    const payload = fields?.altcha
    if (payload === undefined || payload === '') return { kind: 'suspect', reason: 'spam.why_no_proof' }
    return (await spendProof(db, payload)) ? null : { kind: 'suspect', reason: 'spam.why_bad_proof' }
  },
}
