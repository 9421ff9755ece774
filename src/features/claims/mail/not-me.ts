import { NotFound } from '../../../platform/errors.ts'
import { hashSecret, isSecret } from '../../../platform/secret.ts'
import { type Db, inTransaction } from '../../../platform/store/index.ts'
import { stopMail } from '../../mail/index.ts'
import { type Claim, claimById, deleteClaims } from '../queries.ts'
import { sealedOfStopSecret } from './queries.ts'
import { unseal } from './sealed.ts'

/**
 * "This was not me": erases the claim, and mails nothing about claims to that address again. False when somebody has
 * taken the claim, which then stays.
 */
export async function denyClaim(db: Db, { id }: Claim, emailKey: string): Promise<boolean> {
  return inTransaction(db, async tx => {
    await stopMail(tx, emailKey, { scope: 'claims' })
    await deleteClaims(tx, [id])
    return (await claimById(tx, id)) === undefined
  })
}

/** Stops mail about claims to the address that got this secret; again is no mistake. Throws NotFound. */
export async function stopClaimMail(db: Db, secret: unknown): Promise<void> {
  const key = await demandStopSecret(db, secret)
  await inTransaction(db, tx => stopMail(tx, key, { scope: 'claims' }))
}

/** The key of the address that got this secret in a mail. Throws NotFound. */
export async function demandStopSecret(db: Db, secret: unknown): Promise<string> {
  const sealed = isSecret(secret) ? await sealedOfStopSecret(db, hashSecret(secret), Date.now()) : null
  if (!isSecret(secret) || sealed === null) throw new NotFound()
  return unseal(secret, sealed)
}
