/** Epoch milliseconds. */
export type Time = number
/** 0 or 1: better-sqlite3 binds no booleans. */
export type Flag = 0 | 1
