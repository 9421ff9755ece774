import type { Settings } from './registry/registry.ts'

/** Mail reaches people: there is a server to give it to, and a public address for the links in it. */
export function canSendMail({ smtp_url, base_url }: Pick<Settings, 'smtp_url' | 'base_url'>): boolean {
  return smtp_url !== '' && base_url !== ''
}

/** Before what a new member has to prove that an address is theirs. */
export type Verification = 'off' | 'posting' | 'anything'

/** By itself: before posting where mail can be sent; never where it cannot, whatever is chosen. */
export function verificationOf(rules: Pick<Settings, 'smtp_url' | 'base_url' | 'verify_email'>): Verification {
  if (!canSendMail(rules)) return 'off'
  return rules.verify_email === 'auto' ? 'posting' : (rules.verify_email as Verification)
}
