import { inTransaction } from '../../platform/store/index.ts'
import { type Accounts, checkNewMember, type NewMemberValues, storeMember } from './new-member.ts'

/** Makes an administrator and says its id, also when there is one already. Throws Invalid with everything that is wrong. */
export async function createAdmin({ db, hasher }: Accounts, values: NewMemberValues): Promise<number> {
  const { name, email, password } = await checkNewMember(db, values, { allowReserved: true })
  const password_hash = await hasher.hashPassword(password)
  return inTransaction(db, tx => storeMember(tx, { name, email, password_hash }, 'administrators'))
}
