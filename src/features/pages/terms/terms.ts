import { type Db, inTransaction, type Tx } from '../../../platform/store/index.ts'
import { updateMember } from '../../members/index.ts'
import { pagesNow } from '../texts/queries.ts'

/** Where the terms have come to. */
export interface TermsNow {
  readonly version: number
  /** Whoever accepted none, or an earlier one than this, is asked; 0: nobody is. */
  readonly asking: number
}

/** null: there are none, or they are switched off. */
export async function termsNow(db: Db): Promise<TermsNow | null> {
  const { on, versions, asking } = await pagesNow(db)
  const version = versions.get('terms')
  return version && on.has('terms') ? { version, asking } : null
}

/** Has a member who accepted this version of the terms, or none, to accept them first? */
export function mustAccept(accepted: number | null, terms: TermsNow | null): boolean {
  return terms !== null && (accepted ?? 0) < terms.asking
}

/** Notes that a member has accepted this version of the terms. */
export async function noteAccepted(tx: Tx, memberId: number, version: number): Promise<void> {
  await updateMember(tx, memberId, { terms_version: version, terms_accepted_at: Date.now() })
}

/** A member accepts the version that they were shown; false when there is a newer one by now. Twice is no mistake. */
export async function acceptTerms(db: Db, memberId: number, version: number): Promise<boolean> {
  const terms = await termsNow(db)
  if (terms && terms.version !== version) return false
  if (terms) await inTransaction(db, tx => noteAccepted(tx, memberId, version))
  return true
}

/** What a form to register says of the community's texts. */
export interface RegistrationTexts {
  /** The version of the terms to be accepted; null: there are none. */
  readonly version: number | null
  readonly privacy: boolean
  readonly guidelines: boolean
}

export async function registrationTexts(db: Db): Promise<RegistrationTexts> {
  const { on } = await pagesNow(db)
  const terms = await termsNow(db)
  return { version: terms?.version ?? null, privacy: on.has('privacy'), guidelines: on.has('guidelines') }
}
