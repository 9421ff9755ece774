import type { Check } from '../check.ts'

/** Called unlike anything a browser fills in by itself. */
export const trapField = 'afterpiece'

/** A field that people do not see. Programs fill in everything; a person who did so after all only waits a little. */
export const honeypot: Check = {
  name: 'honeypot',
  on: rules => rules.honeypot,
  settings: ['honeypot'],
  forms: ['register', 'claim', 'guest_post', 'contact', 'report'],
  looksAtFields: true,
  equip: async () => ({ trap: true }),
  async judge({ fields }) {
    const typed = fields?.[trapField]
    return typed === undefined || typed === '' ? null : { kind: 'suspect', reason: 'spam.why_honeypot' }
  },
}
