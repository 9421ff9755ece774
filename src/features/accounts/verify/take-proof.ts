import type { Tx } from '../../../platform/store/index.ts'
import { liftMailStop } from '../../mail/index.ts'
import { lockMember, type Member } from '../../members/index.ts'
import { refuseLink, takeLink } from '../one-time.ts'
import { noteProven } from '../queries/addresses.ts'
import { deleteSecretsOf } from '../queries/secrets.ts'
import { isOpen, type Proof } from './find-proof.ts'

/** Uses the link up and gives the account as it is now, locked. Throws NotFound when somebody was there first. */
export async function takeProof(tx: Tx, { secret, member: { id } }: Proof): Promise<Member> {
  const { about } = await takeLink(tx, 'verify', secret)
  const member = await lockMember(tx, id)
  if (!member || !isOpen(member, about)) refuseLink()
  return member
}

/** The address of this account is its owner's: the other links that would say so are worthless, and mail goes there. */
export async function proveAddress(tx: Tx, { id, email }: Member): Promise<void> {
  await noteProven(tx, id, Date.now())
  await deleteSecretsOf(tx, id, ['verify'])
  await liftMailStop(tx, email)
}
