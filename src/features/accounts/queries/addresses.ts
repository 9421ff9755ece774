import { lockName, type Tx } from '../../../platform/store/index.ts'
import { emailKey } from '../../members/index.ts'

/** Until this transaction ends nobody else takes this address. */
export async function lockAddress(tx: Tx, email: string): Promise<void> {
  await lockName(tx, `address ${emailKey(email)}`)
}

/** Whose address it is; undefined when it is nobody's. */
export async function ownerOf(tx: Tx, email: string): Promise<number | undefined> {
  const row = await tx.selectFrom('members').select('id').where('email_key', '=', emailKey(email)).executeTakeFirst()
  return row?.id
}

/** Notes that the address of this key is theirs. */
export async function noteProven(tx: Tx, memberId: number, at: number): Promise<void> {
  await tx.updateTable('members').set({ email_verified_at: at }).where('id', '=', memberId).execute()
}

/** Gives them another address, proven or not. */
export async function setAddress(
  tx: Tx,
  memberId: number,
  { email, provenAt }: { readonly email: string; readonly provenAt: number | null },
): Promise<void> {
  await tx
    .updateTable('members')
    .set({ email, email_key: emailKey(email), email_verified_at: provenAt })
    .where('id', '=', memberId)
    .execute()
}

/** Leaves them without an address; anybody may have it. */
export async function dropAddress(tx: Tx, memberId: number, now: number): Promise<void> {
  await tx
    .updateTable('members')
    .set({ email: '', email_key: `#${memberId}`, email_verified_at: null })
    .set(eb => ({ email_demanded_at: eb.fn.coalesce('email_demanded_at', eb.val(now)) }))
    .where('id', '=', memberId)
    .execute()
}
