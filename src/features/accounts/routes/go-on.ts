import type { Request, Response } from 'express'
import type { Carried } from '../../posts/index.ts'
import { openPlacePath } from '../place-path.ts'
import { keepCarried } from './carried.ts'
import type { AccountsDeps } from './deps.ts'
import { homeOf } from './home.ts'

/** After signing in: to where the text goes on being written, or to a page that keeps it, or back. */
export async function goOn(deps: AccountsDeps, req: Request, res: Response, carried: Carried | null): Promise<void> {
  if (!carried) return res.redirect(303, homeOf(req))
  keepCarried(req, carried)
  const path = await openPlacePath(deps.db, req.viewer, carried.place)
  res.redirect(303, path ?? '/account/unsent/')
}
