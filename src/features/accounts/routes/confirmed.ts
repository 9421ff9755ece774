import type { Request } from 'express'
import type {} from './session-data.ts'

/** So long after a password was given nobody is asked again, in milliseconds. */
const lastsMs = 15 * 60 * 1000

/** Until when (epoch ms) nobody is asked for the password again. */
export function confirmedUntil({ session }: Request): number {
  return (session?.confirmedAt ?? 0) + lastsMs
}
