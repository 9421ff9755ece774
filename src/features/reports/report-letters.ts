import type { Letters } from '../mail/index.ts'
import { waiting } from './alerts.ts'
import { settled } from './letters.ts'

/** What reporters and moderators are mailed. */
export const reportsLetters: Letters = { 'reports.settled': settled, 'reports.waiting': waiting }
