export { createHasher, type Hasher, type HasherOptions } from './hasher.ts'
export { opaqueString } from './opaque-string.ts'
