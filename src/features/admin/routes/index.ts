import { type RequestHandler, Router } from 'express'
import { NotFound } from '../../../platform/errors.ts'
import { backupRoutes } from './backups.ts'
import { forumRoutes } from './forums.ts'
import { groupRoutes } from './groups.ts'
import { invitationRoutes } from './invitations.ts'
import { logDeeds, logRoutes } from './log.ts'
import { logoRoutes } from './logo.ts'
import { mailRoutes } from './mail.ts'
import { mailTextRoutes } from './mail-texts.ts'
import { memberRoutes } from './member.ts'
import { membersRoutes } from './members.ts'
import { messageRoutes } from './messages.ts'
import { moderatorRoutes } from './moderators.ts'
import { overviewRoutes } from './overview.ts'
import type { AdminDeps } from './page.ts'
import { pageRoutes } from './pages.ts'
import { permissionRoutes } from './permissions.ts'
import { savedActRoutes } from './routines.ts'
import { ruleRoutes } from './rules.ts'
import { settingsRoutes } from './settings.ts'
import { spamRoutes } from './spam.ts'
import { askAgain, sudoRoutes } from './sudo.ts'
import { taskRoutes } from './tasks.ts'
import { viewAsRoutes } from './view-as.ts'
import { waitingRoutes } from './waiting.ts'
import { wordRoutes } from './words.ts'
import { workRoutes } from './work.ts'

/** Where administrators send files. */
export const adminUploads: readonly RegExp[] = [
  /^\/admin\/settings\/appearance\/(?:logo|favicon)\/?$/i,
  /^\/admin\/backups\/upload\/?$/i,
]

/** Everything below `/admin/`; for others than administrators it does not exist. */
export function adminRouter(deps: AdminDeps): Router {
  const router = Router()
  router.use('/admin', (req, _res, next) => {
    if (!req.viewer.admin) throw new NotFound()
    next()
  })
  router.use('/admin', overviewRoutes(deps), logoRoutes(deps), settingsRoutes(deps), forumRoutes(deps))
  // Those who wait stand where the page of a member would be looked for: before it.
  router.use(
    '/admin',
    spamRoutes(deps),
    ruleRoutes(deps),
    savedActRoutes(deps),
    wordRoutes(deps),
    invitationRoutes(deps),
    waitingRoutes(deps),
  )
  router.use(
    '/admin',
    groupRoutes(deps),
    permissionRoutes(deps),
    viewAsRoutes(deps),
    moderatorRoutes(deps),
    membersRoutes(deps),
    memberRoutes(deps),
    mailTextRoutes(deps),
    mailRoutes(deps),
  )
  router.use('/admin', pageRoutes(deps), messageRoutes(deps), workRoutes(deps))
  router.use('/admin', backupRoutes(deps), taskRoutes(deps))
  router.use('/admin', logRoutes(deps), sudoRoutes(deps))
  return router
}

/**
 * What every request below `/admin/` passes before any feature answers it: dangerous pages ask for the password again, and
 * what a form does is written in the administration log.
 */
export function adminDoor(deps: Pick<AdminDeps, 'db' | 'confirmPassword'>): RequestHandler[] {
  return [askAgain(deps), logDeeds(deps.db)]
}
