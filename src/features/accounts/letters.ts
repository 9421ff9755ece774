import type { Letters } from '../mail/index.ts'
import { emailLetters } from './email/letters.ts'
import { recoverLetters } from './recover/letters.ts'
import { sessionLetters } from './sessions/letters.ts'
import { verifyLetters } from './verify/letters.ts'

/** What this feature mails. */
export const accountsLetters: Letters = { ...verifyLetters, ...recoverLetters, ...emailLetters, ...sessionLetters }
