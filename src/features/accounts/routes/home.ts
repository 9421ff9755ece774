import type { Request } from 'express'
import { returnPath } from '../../../platform/http/index.ts'

/** Where someone returns who signs in: the page they came from, when it is one of ours and not one for signing in. */
export function homeOf(req: Request): string {
  const path = returnPath(req)
  return /^\/(login|register|logout|setup|recover|reset)(\/|\?|$)/.test(path) ? '/' : path
}
