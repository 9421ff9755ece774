export { addressKey, plainAddress } from './address-key.ts'
export { type Counter, type Left, type Limits, limits, type Rule } from './limits.ts'
export { purgeLimits } from './queries.ts'
