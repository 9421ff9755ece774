import { inTransaction } from '../../../platform/store/index.ts'
import { sendMail } from '../../mail/index.ts'
import { releaseHeld } from '../../posts/index.ts'
import { type Accounts, demandPassword } from '../new-member.ts'
import { replacePassword } from '../recover/replace-password.ts'
import type { Proof } from './find-proof.ts'
import { removePlanted } from './remove-planted.ts'
import { proveAddress, takeProof } from './take-proof.ts'

/**
 * Gives the account to whoever owns its address: with a new password, without the sessions of whoever registered it and
 * without what they wrote there and nobody has seen. Throws Invalid (`new_password`), NotFound when the link was used
 * meanwhile, Unavailable when passwords cannot be hashed now.
 */
export async function takeAccount({ db, hasher }: Accounts, proof: Proof, password: string): Promise<void> {
  await demandPassword(db, password, proof.member, 'new_password')
  const hash = await hasher.hashPassword(password)
  await inTransaction(db, async tx => {
    const member = await takeProof(tx, proof)
    await removePlanted(tx, member.id)
    await proveAddress(tx, member)
    await replacePassword(tx, member.id, hash)
    await sendMail(tx, 'accounts.password_changed', { memberId: member.id, at: Date.now() })
  })
  await releaseHeld(db, proof.member.id)
}
