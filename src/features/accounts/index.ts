export { confirmPassword } from './confirm-password.ts'
export { createAdmin } from './create-admin.ts'
export { isEmail } from './email.ts'
export { registerForm, signInForm } from './forms.ts'
export type { Accounts, NewMemberValues } from './new-member.ts'
export { purgeAccounts } from './purge.ts'
export { type Origin, register } from './register.ts'
export { attempt } from './routes/attempt.ts'
export { carriedText } from './routes/carried.ts'
export type { AccountsDeps } from './routes/deps.ts'
export { accountsRouter } from './routes/index.ts'
export {
  endMemberSession,
  memberSessions,
  startMemberSession,
} from './routes/member-session.ts'
export { askToSignIn } from './routes/sign-in.ts'
export { setUp, setupLink } from './set-up.ts'
export { type SignInOrigin, type SignInValues, signIn } from './sign-in.ts'
export { signOutEverywhere } from './sign-out.ts'
