import type { Request, Response } from 'express'
import { msg } from '../../../platform/errors.ts'
import type { Files } from '../../../platform/files/index.ts'
import { notify, page } from '../../../platform/http/index.ts'
import type { Schedule } from '../../../platform/jobs/index.ts'
import type { Hasher } from '../../../platform/passwords/index.ts'
import type { Db } from '../../../platform/store/index.ts'
import type { Layouts } from '../../mail/index.ts'
import type { ConfirmPassword } from '../../moderation/index.ts'

export interface AdminDeps {
  readonly db: Db
  /** BASE_URL of the environment, which outranks the setting. */
  readonly baseUrl: string | undefined
  readonly files: Files
  readonly confirmPassword: ConfirmPassword
  readonly hasher: Pick<Hasher, 'hashPassword'>
  /** Whether the database is as this version of the program needs it. */
  isCurrent(): Promise<boolean>
  /** How mails are laid out. */
  readonly mailLayouts: Layouts
  /** What comes again by itself. */
  readonly schedule: readonly Schedule[]
}

export type AdminRoom =
  | 'overview'
  | 'settings'
  | 'forums'
  | 'groups'
  | 'permissions'
  | 'view-as'
  | 'moderators'
  | 'members'
  | 'waiting'
  | 'invitations'
  | 'spam'
  | 'rules'
  | 'routines'
  | 'words'
  | 'mail'
  | 'pages'
  | 'messages'
  | 'work'
  | 'tasks'
  | 'backups'
  | 'log'

/** An administrator's page: its title is the phrase `admin.<title>`. */
export async function adminPage(
  req: Request,
  res: Response,
  view: string,
  data: { room: AdminRoom; title: string; noStore?: boolean } & Record<string, unknown>,
): Promise<void> {
  const title = req.t(data.title)
  const { room } = data
  const above = view === room ? [] : [{ href: `/admin/${room}`, text: req.t(`admin.${room}`) }]
  const breadcrumb = [{ href: '/admin/', text: req.t('admin.title') }, ...above]
  await page(res, `admin/${view}`, {
    ...data,
    title,
    meta: { title, noindex: true, breadcrumb, noStore: data.noStore },
  })
}

/** Pressed twice, or done by somebody else: what was to be deleted is gone already. */
export function sayGone(req: Request, res: Response, list: string): void {
  notify(req, { kind: 'info', message: msg('admin.already_gone') })
  res.redirect(303, list)
}
