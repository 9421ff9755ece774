export { rangeHolds, rangesMeet, tidyRange } from './address-range.ts'
export { banOver, hits } from './ban-of-many.ts'
export { emailHolds, emailParts } from './email-pattern.ts'
export { endSanctions } from './end.ts'
export {
  acknowledgeWarning,
  holdSanctions,
  type Imposed,
  impose,
  liftAll,
  mark,
  unimpose,
  unlift,
  warn,
} from './impose.ts'
export { sanctionsOver } from './in-force.ts'
export { type BanOfMany, bansOfMany, putBanOfMany, removeBanOfMany } from './queries/bans-of-many.ts'
export {
  deleteReason,
  deleteStep,
  insertReason,
  putStep,
  type WarningReason,
  type WarningStep,
  warningReasons,
  warningSteps,
} from './queries/rules.ts'
export { answerWarning, renewSigned, type Sanction, sanctionById, sanctionsOf } from './queries/sanctions.ts'
export {
  keepsFromPosting,
  noSanctions,
  type Restriction,
  restrictions,
  type SanctionKind,
  type Sanctions,
  type Told,
  whyNoPosting,
} from './state.ts'
