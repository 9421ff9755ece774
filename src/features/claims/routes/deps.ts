import type { Db } from '../../../platform/store/index.ts'
import type { NewMemberValues, Origin, SignInOrigin, SignInValues } from '../../accounts/index.ts'

export interface ClaimsDeps {
  readonly db: Db
  register(values: NewMemberValues, from: Origin): Promise<number>
  signIn(values: SignInValues, from: SignInOrigin): Promise<number>
}
