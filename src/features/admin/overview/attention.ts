import { type Message, msg } from '../../../platform/errors.ts'
import { canSendMail, type Settings, verificationOf } from '../../settings/index.ts'
import type { Disk } from './machine.ts'

/** What an administrator should look at, and where. */
export interface Attention {
  readonly kind: 'info' | 'warning' | 'danger'
  readonly message: Message
  readonly href: string
}

export interface Condition {
  readonly rules: Settings
  readonly failedJobs: number
  readonly failedMails: number
  /** Posts and topics that wait for approval. */
  readonly queue: number
  /** Accounts that wait for an administrator. */
  readonly accounts: number
  readonly disk: Disk | null
  readonly newestBackup: number | null
  /** What became of the last backup, when it was not made. */
  readonly missedBackup: 'short' | 'failed' | null
  /** The database is as this version of the program wants it. */
  readonly isCurrent: boolean
  readonly now: number
}

const longQueue = 20
const dayMs = 24 * 60 * 60 * 1000
const oldBackupMs = 2 * dayMs
const megabyte = 1024 ** 2

/** What needs attention, the worst first. */
export function attentionFor(found: Condition): Attention[] {
  const all = [...troubleIn(found), ...adviceFor(found)]
  const order = ['danger', 'warning', 'info']
  return all.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
}

function troubleIn({ failedJobs, failedMails, disk, isCurrent }: Condition): Attention[] {
  const found: Attention[] = []
  if (!isCurrent) found.push({ kind: 'danger', message: msg('admin.not_current'), href: '' })
  if (disk && isNearlyFull(disk)) {
    const message = msg('admin.disk_full', { free: Math.floor(disk.free / megabyte) })
    found.push({ kind: 'danger', message, href: '' })
  }
  if (failedJobs > 0)
    found.push({ kind: 'danger', message: msg('admin.failed_jobs', { count: failedJobs }), href: '/admin/work' })
  if (failedMails > 0)
    found.push({
      kind: 'danger',
      message: msg('admin.failed_mails', { count: failedMails }),
      href: '/admin/mail#failed',
    })
  return found
}

/** A twentieth, of large disks two gigabytes; below 300 MB any. */
function isNearlyFull({ free, size }: Disk): boolean {
  return free < 300 * megabyte || free < Math.min(size / 20, 2048 * megabyte)
}

function adviceFor(condition: Condition): Attention[] {
  const { rules, queue, accounts } = condition
  const found: Attention[] = []
  if (!canSendMail(rules)) found.push({ kind: 'warning', message: msg('admin.mail_off'), href: '/admin/mail' })
  else if (verificationOf(rules) === 'off' && rules.registration === 'open')
    found.push({ kind: 'info', message: msg('admin.verification_off'), href: '/admin/settings/accounts' })
  found.push(...backupAdvice(condition))
  if (queue >= longQueue)
    found.push({ kind: 'warning', message: msg('admin.queue_long', { count: queue }), href: '/modcp/queue/' })
  if (accounts > 0)
    found.push({
      kind: 'info',
      message: msg('admin.accounts_wait', { count: accounts }),
      href: '/admin/members/waiting',
    })
  return found
}

function backupAdvice({ newestBackup, missedBackup, now }: Condition): Attention[] {
  const href = '/admin/backups'
  const found: Attention[] = []
  if (missedBackup)
    found.push({
      kind: missedBackup === 'short' ? 'warning' : 'danger',
      message: msg(`admin.backup_${missedBackup}`),
      href,
    })
  if (newestBackup === null) found.push({ kind: 'warning', message: msg('admin.backup_none'), href })
  else if (now - newestBackup > oldBackupMs) {
    const days = Math.floor((now - newestBackup) / dayMs)
    found.push({ kind: 'warning', message: msg('admin.backup_old', { days }), href })
  }
  return found
}
