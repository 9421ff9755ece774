export { integrityFaults, isEmptyDatabase } from './integrity.ts'
export { type BrokenReference, brokenReferences, describeBroken, type Reference, referencesOf } from './references.ts'
